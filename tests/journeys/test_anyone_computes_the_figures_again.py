"""Somebody with a receipt and a bundle computes the figures again, where there is no database."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from contracts.figures import Figures, SideBySide
from contracts.receipt import read_receipt
from eventlog.bundles.layout import events_content, events_in
from tests.eventlog.bundles.packing import Files, changed
from tests.journeys.conftest import Town
from tests.journeys.taking_away import TakenAway, take_away


@pytest.fixture
async def taken(town: Town, database: str, tmp_path: Path) -> TakenAway:
    return await take_away(town, database, tmp_path)


def altered(taken: TakenAway, change: Callable[[dict[str, Any]], None]) -> Path:
    """The receipt as somebody else would like it to be."""
    document = json.loads(taken.file.read_bytes())
    change(document)
    file = taken.folder / "altered.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return file


def edit_an_answer(files: Files) -> None:
    name = next(name for name in files if name.startswith("events/"))
    bodies = events_in(1, files[name])
    at = next(i for i, body in enumerate(bodies) if b"reply_issued" in body)
    bodies[at] = bodies[at].replace(b'"issued_on":"2024', b'"issued_on":"2025')
    files[name] = events_content(1, bodies)
    files["position"] = str(at + 1).encode()


async def test_a_receipt_is_computed_again_from_the_bundle_without_a_database(
    town: Town, taken: TakenAway
) -> None:
    receipt = taken.receipt
    assert taken.file.read_bytes() == receipt.canonical
    assert receipt.figures.model_dump(exclude={"shown"}) == Figures.model_validate(
        await town.figures()
    ).model_dump(exclude={"shown"})

    answer = taken.tian("recompute", taken.file, "--bundle", taken.bundle, "--key", taken.key)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "相符" in answer.stdout
    assert "得分 100" in answer.stdout
    assert receipt.root in answer.stdout
    assert "签名的检查点证明这个根" in answer.stdout
    unsigned = taken.tian("--lang", "en", "recompute", taken.file, "--bundle", taken.bundle)
    assert unsigned.returncode == 0
    assert "no signature was verified" in unsigned.stdout

    database = taken.tian("recompute", taken.file)
    assert database.returncode == 99, "without a bundle it asks the database, which is forbidden"
    assert "FORBIDDEN socket.connect" in database.stderr


async def test_a_receipt_of_a_position_stays_the_same_when_the_log_grows(
    town: Town, taken: TakenAway
) -> None:
    claim = {"year": 2024, "figure": "bonus", "claimed": "5", "source": "办理工作总结"}
    await town.done("evaluation", "claim-figure", claim)
    path = f"/districts/{town.district}/years/2024/figures/receipt"
    receipt = taken.receipt

    async def asked(as_of: str) -> bytes:
        return (
            await town.evaluation.get(path, params={"as_of": as_of}, headers=town.as_())
        ).content

    assert await asked(str(receipt.position)) == taken.file.read_bytes()
    newer = read_receipt(await asked(""))
    assert newer.position > receipt.position
    assert (newer.checkpoint, newer.consistency) == ("", ())
    assert newer.digest != receipt.digest
    older = read_receipt(await asked(str(receipt.position - 1)))
    assert older.checkpoint == receipt.checkpoint
    assert older.consistency


async def test_one_bundle_gives_a_score_under_each_of_three_rulebooks(taken: TakenAway) -> None:
    def figures(*more: str) -> str:
        answer = taken.tian("figures", "--bundle", taken.bundle, "--year", "2024", "--json", *more)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    published = taken.receipt.figures
    assert Figures.model_validate_json(figures()).model_dump_json() == published.model_dump_json()
    scores: dict[str, Decimal] = {}
    for name in ("adopted-2024", "shijiazhuang", "baoji"):
        both = SideBySide.model_validate_json(figures("--rulebook", name))
        assert both.adopted == published
        assert both.other.score is not None
        scores[both.other.score.rulebook_id] = both.other.score.total
        if name == "adopted-2024":
            assert both.other.model_dump_json() == published.model_dump_json()
    assert set(scores) == {"shenzhen-2024", "shijiazhuang", "baoji"}
    assert len(set(scores.values())) > 1
    earlier = Figures.model_validate_json(figures("--as-of", "1"))
    assert (earlier.position, earlier.total) == (1, 0)


async def test_what_was_altered_is_named(taken: TakenAway) -> None:
    def said(file: Path, bundle: Path) -> str:
        answer = taken.tian("recompute", file, "--bundle", bundle)
        assert answer.returncode == 1, answer.stdout + answer.stderr
        return answer.stdout

    positions: list[int] = []

    def edit(files: Files) -> None:
        edit_an_answer(files)
        positions.append(int(files.pop("position")))

    edited = changed(taken.bundle, edit)
    assert f"第一条不同的是第 {positions[0]} 条" in said(taken.file, edited)

    def flatter(document: dict[str, Any]) -> None:
        document["figures"]["score"]["total"] = "101"

    wrong = said(altered(taken, flatter), taken.bundle)
    assert "评分·总数（score.total）凭据写 101，计算为 100" in wrong
    assert "有 1 处不一致" in wrong

    def another_rulebook(document: dict[str, Any]) -> None:
        document["rulebook"]["sha256"] = "0" * 64

    wrong = said(altered(taken, another_rulebook), taken.bundle)
    assert f"规则：sha256 凭据写 {'0' * 64}，日志里采用的是" in wrong

    def another_root(document: dict[str, Any]) -> None:
        document["root"] = "f" * 64

    wrong = said(altered(taken, another_root), taken.bundle)
    assert f"根：凭据写 {'f' * 64}" in wrong
    assert "日志与它签过的检查点相符" in wrong

    file = altered(taken, lambda document: document.update(position=10_000))
    answer = taken.tian("recompute", file, "--bundle", taken.bundle)
    assert answer.returncode == 2
    assert "凭据截至日志第 10000 条" in answer.stderr
