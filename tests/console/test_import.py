"""Checking and importing a ledger."""

import hashlib
import os
from pathlib import Path

import httpx

from console.endpoints.ledger import KEPT_SECONDS, Drawer
from console.settings import Settings
from tests.console import sample_answers as sample
from tests.console.stand_ins import YEAR, Services, problem
from tests.console.visiting import IMPORT, send_form, words

CONTENT = b"the bytes of a ledger"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
CONFIRMED = {"digest": DIGEST, "name": "台账.xlsx"}


async def check(client: httpx.AsyncClient, content: bytes = CONTENT) -> httpx.Response:
    return await send_form(client, f"{IMPORT}/check", {}, files={"file": ("台账.xlsx", content)})


async def test_the_check_passes_the_file_on_and_writes_nothing(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    page = await check(clerk)
    sent = next(each for each in services.intake.requests if each.method == "POST")
    assert dict(sent.url.params) == {"check": "true", "skip_bad": "false"}
    assert CONTENT in sent.content
    assert "台账.xlsx".encode() in sent.content
    assert page.status_code == 200


async def test_a_problem_names_sheet_row_and_column(clerk: httpx.AsyncClient) -> None:
    page = words(await check(clerk))
    assert "错误 提案 14 承办单位 F14 目录中没有“区科创局”，是否为“区科技创新局”？" in page
    assert "提醒 提案 20 文号 M20 没有文号。" in page
    assert "台账行数 33 新增 30 未变 1 与记录不同 1 有误 1" in page


async def test_a_ledger_with_errors_is_imported_only_without_its_bad_rows(
    clerk: httpx.AsyncClient,
) -> None:
    page = await check(clerk)
    assert 'name="skip_bad" type="checkbox" value="true" required' in page.text


async def test_a_ledger_without_errors_needs_no_such_choice(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    clean = sample.CHECK_REPORT | {"problems": []}
    services.intake.answers[f"{YEAR}/ledger"] = clean
    page = await check(clerk)
    assert "检查通过，可以导入。" in words(page)
    assert "skip_bad" not in page.text
    assert "确认导入" in words(page)


async def test_a_ledger_that_is_all_in_the_log_offers_no_import(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    nothing = {"new_rows": 0, "different_rows": 0, "clues_new": 0, "problems": []}
    services.intake.answers[f"{YEAR}/ledger"] = sample.CHECK_REPORT | nothing
    page = await check(clerk)
    assert "没有需要导入的内容。" in words(page)
    assert "可以导入" not in words(page)
    assert "台账内容均已在记录中，无须导入。" in words(page)
    assert 'name="digest"' not in page.text


async def test_a_ledger_that_tells_more_names_what_it_fills_in_and_offers_its_import(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    more = {
        "new_rows": 0,
        "clues_new": 0,
        "problems": [],
        "continued_rows": 3,
        "filled": [
            {"heading": "答复日期", "heading_en": "replied on", "rows": 3},
            {"heading": "满意度", "heading_en": "rating", "rows": 2},
        ],
    }
    services.intake.answers[f"{YEAR}/ledger"] = sample.CHECK_REPORT | more
    page = await check(clerk)
    assert "补充 3" in words(page)
    assert "原来空白、这次可以补上的：答复日期（3 行）、满意度（2 行）" in words(page)
    assert "确认导入" in words(page)


async def test_a_ledger_with_nothing_to_import_but_errors_asks_for_a_better_one(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    services.intake.answers[f"{YEAR}/ledger"] = sample.CHECK_REPORT | {
        "new_rows": 0,
        "clues_new": 0,
    }
    page = await check(clerk)
    assert "没有可以导入的行，请更正台账后重新检查。" in words(page)
    assert "确认导入" not in page.text.partition('id="report"')[2]


async def test_the_confirmed_import_sends_the_very_bytes_that_were_checked(
    clerk: httpx.AsyncClient, services: Services, settings: Settings
) -> None:
    await check(clerk)
    page = await send_form(clerk, IMPORT, CONFIRMED | {"skip_bad": "true"})

    sent = [each for each in services.intake.requests if each.method == "POST"][-1]
    assert dict(sent.url.params) == {"check": "false", "skip_bad": "true"}
    assert CONTENT in sent.content
    assert "已导入。 已写入 32 行。" in words(page)
    assert list(settings.console_uploads.iterdir()) == []


async def test_an_import_that_wrote_nothing_keeps_the_file_for_another_try(
    clerk: httpx.AsyncClient, settings: Settings
) -> None:
    await check(clerk)
    page = await send_form(clerk, IMPORT, CONFIRMED)
    assert "没有写入任何记录。 有错误，未写入。" in words(page)
    assert [path.name for path in settings.console_uploads.iterdir()] == [DIGEST]


async def test_a_file_that_is_gone_is_asked_for_again(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    page = await send_form(clerk, IMPORT, CONFIRMED)
    assert page.status_code == 422
    assert "检查时上传的文件已不在服务器上" in words(page)
    assert not [each for each in services.intake.requests if each.method == "POST"]


async def test_a_digest_that_is_a_path_is_refused(clerk: httpx.AsyncClient) -> None:
    page = await send_form(clerk, IMPORT, {"digest": "../accounts.toml", "name": "x"})
    assert page.status_code == 422
    assert "填写的内容有误" in words(page)


async def test_a_form_without_a_file_is_asked_for_one(clerk: httpx.AsyncClient) -> None:
    for page in (await send_form(clerk, f"{IMPORT}/check", {}), await check(clerk, b"")):
        assert page.status_code == 422
        assert "没有收到文件：" in words(page)


async def test_a_file_that_is_no_ledger_is_refused_beside_the_form(
    clerk: httpx.AsyncClient, services: Services, settings: Settings
) -> None:
    services.intake.answers[f"{YEAR}/ledger"] = problem(422, "这不是 Excel 文件。", "Not Excel.")
    page = await check(clerk)
    assert page.status_code == 422
    assert "没有接受这份台账： 这不是 Excel 文件。" in words(page)
    assert 'type="file"' in page.text
    assert not settings.console_uploads.exists()


async def test_a_clerk_whom_the_service_does_not_let_import_is_told_so(
    clerk: httpx.AsyncClient, leader: httpx.AsyncClient, services: Services
) -> None:
    services.intake.answers[f"{YEAR}/ledger"] = problem(403, "岗位不符。", "Not your role.")
    page = await check(clerk)
    assert page.status_code == 403
    assert "您的岗位不能办理此事 岗位不符。" in words(page)
    assert "导入台账" not in (await leader.get("/")).text


async def test_a_form_from_another_site_imports_nothing(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    answer = await clerk.post(IMPORT, data=CONFIRMED)
    assert answer.status_code == 403
    assert not [each for each in services.intake.requests if each.method == "POST"]


def test_what_was_left_in_the_drawer_for_an_hour_is_thrown_away(tmp_path: Path) -> None:
    drawer = Drawer(tmp_path)
    old = drawer.put(b"old")
    long_ago = (tmp_path / old).stat().st_mtime - KEPT_SECONDS - 1
    os.utime(tmp_path / old, (long_ago, long_ago))

    new = drawer.put(b"new")

    assert drawer.take(old) is None
    assert drawer.take(new) == b"new"


async def test_the_step_that_is_reached_is_the_current_one(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    current = '<li aria-current="step">'
    assert f"{current}选择台账文件并检查</li><li class=" in (await clerk.get(IMPORT)).text
    assert f"{current}核对检查结果</li><li class=" in (await check(clerk)).text
    services.intake.answers[f"{YEAR}/ledger"] = sample.CHECK_REPORT | {"written": True}
    written = await send_form(clerk, IMPORT, CONFIRMED)
    assert f"<li>核对检查结果</li>{current}确认导入</li>" in written.text
