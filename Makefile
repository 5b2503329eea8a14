# Everything happens in .venv with what the two lock files pin. What is done already is not done again.

MEMBERS := shared services/intake services/assignment services/evaluation services/console deploy/local
MANIFESTS := $(MEMBERS:%=%/pyproject.toml)
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
BACKEND ?= embedded

# The first interpreter that is new enough; `make PYTHON=...` names another.
PYTHON ?= $(shell for each in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)

# uv does not read pip's configuration, so a mirror that pip is told of is passed on to it.
UV := index="$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null)}"; \
	[ -z "$$index" ] || export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$index}"; \
	VIRTUAL_ENV=$(VENV) $(BIN)/uv
COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help demo up bench faults years test check fmt lock sample schemas browser clean

help: ## 显示本说明 / show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.installed ## 启动并演示样例年度；ARGS="--exit --json" / start, play the sample year, stay up
	@$(BIN)/tian demo $(ARGS)

up: $(VENV)/.installed ## 只启动，直到 Ctrl-C / start everything until Ctrl-C
	@$(BIN)/tian up $(ARGS)

test: check browser ## 检查并运行全部测试；ARGS="-k 名称" BACKEND=containers / check, then run all tests
	@TIAN_TEST_BACKEND=$(BACKEND) $(BIN)/pytest --numprocesses auto --dist loadfile $(ARGS)

bench: $(VENV)/.installed-dev ## 与同类和 pgbench 比追加速度；ARGS=--quick / append speed beside peers and pgbench
	@$(BIN)/python -m tests.benchmarks $(ARGS)

faults: $(VENV)/.installed-dev ## 故障注入，写 docs/reliability.md；ARGS="--cycles 20 -k nats" / inject faults
	@TIAN_TEST_BACKEND=embedded $(BIN)/pytest tests/faults --quiet --capture=no --timeout 0 --cycles 200 $(ARGS)

years: $(VENV)/.installed-dev ## 五十个随机年度的总结逐数核对 / every figure of fifty random years beside SQL over the log
	@TIAN_TEST_YEARS=50 $(BIN)/pytest tests/evaluation/test_any_year.py --timeout 0 $(ARGS)

check: $(VENV)/.installed-dev ## 格式、规范、类型、架构 / format, lint, types, architecture
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fmt: $(VENV)/.installed-dev ## 整理格式 / format the code and make the safe fixes
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

lock: $(VENV)/.uv ## 重新锁定依赖 / lock the dependencies anew
	@$(UV) $(COMPILE) $(patsubst %,--no-emit-package tian-%,$(notdir $(MEMBERS))) pyproject.toml --output-file requirements.lock
	@$(UV) $(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@echo "uv==$$($(BIN)/uv --version | cut -d' ' -f2)" >$(VENV)/installer.in
	@$(UV) $(COMPILE) $(VENV)/installer.in --output-file deploy/local/installer.lock

sample: $(VENV)/.installed ## 由 CSV 重写样例台账 / write the sample ledger anew from its CSV files
	@$(BIN)/tian sample

schemas: $(VENV)/.installed ## 由代码重写事件格式文件 / write the schemas of the events anew
	@$(BIN)/tian schemas shared/schemas

clean: ## 删除 .venv 和缓存，保留 .tian 里的数据 / delete .venv and caches, keep the data in .tian
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

browser: $(VENV)/.installed-dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh deploy/local/browser.sh

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "需要 Python 3.11 或更新的版本。/ Python 3.11 or newer is needed: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "无法建立虚拟环境；Debian、Ubuntu 上请安装 python3-venv。/ No virtual environment; on Debian or Ubuntu install python3-venv." >&2; exit 1; }

$(VENV)/.uv: deploy/local/installer.lock | $(BIN)/python
	@echo "安装 uv / installing uv" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(VENV)/.installed: requirements.lock $(MANIFESTS) $(VENV)/.uv
	@echo "安装依赖 / installing what requirements.lock pins" >&2
	@$(UV) pip install --quiet --compile-bytecode --require-hashes --requirement requirements.lock
	@$(UV) pip install --quiet --no-deps $(MEMBERS:%=--editable %)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "安装测试工具 / installing what requirements-dev.lock pins" >&2
	@$(UV) pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@
