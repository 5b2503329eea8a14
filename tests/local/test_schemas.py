"""Writing the schema files: what breaks a promise is refused, and nothing is written."""

import json
from pathlib import Path

import pytest

from contracts.catalogue import BY_TYPE
from tian.failures import BrokenPromise
from tian.schemas import write_schemas

RATED = "tian.evaluation.reply_rated.v1"


def test_schemas_are_written_once_for_each_event(tmp_path: Path) -> None:
    assert write_schemas(tmp_path) == len(BY_TYPE)
    assert write_schemas(tmp_path) == 0


def test_a_change_that_breaks_a_promise_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    promised = json.loads((tmp_path / f"{RATED}.json").read_text(encoding="utf-8"))
    promised["properties"]["mood"] = {"type": "string"}
    (tmp_path / f"{RATED}.json").write_text(json.dumps(promised), encoding="utf-8")
    with pytest.raises(BrokenPromise) as refused:
        write_schemas(tmp_path)
    assert f"{RATED}: data.mood is gone" in refused.value.chinese
    assert "mood" in (tmp_path / f"{RATED}.json").read_text(encoding="utf-8")


def test_an_event_that_nobody_records_any_more_is_still_promised(tmp_path: Path) -> None:
    (tmp_path / "tian.intake.gone_for_good.v1.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BrokenPromise) as refused:
        write_schemas(tmp_path)
    assert "tian.intake.gone_for_good.v1 is gone" in refused.value.chinese
