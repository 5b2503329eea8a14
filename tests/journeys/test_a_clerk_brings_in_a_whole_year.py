"""A clerk of the supervision office imports last year's ledger and gets the year's figures."""

from decimal import Decimal
from typing import Any

from tests.journeys.conftest import SAMPLE, Town
from tests.journeys.ledgers import changed_ledger


def by_id(items: list[dict[str, Any]], id_: str) -> dict[str, Any]:
    return next(item for item in items if item["id"] == id_)


def points(item: dict[str, Any]) -> Decimal:
    return Decimal(item["points"])


async def test_the_sample_year_comes_out_as_the_district_reported_it(town: Town) -> None:
    await town.adopt_rulebook()
    report = await town.import_ledger(SAMPLE.read_bytes())
    assert (report["new_rows"], report["clues_new"], report["problems"]) == (33, 2, [])

    figures = await town.figures()

    assert figures["total"] == 33
    assert {one["role"]: one["count"] for one in figures["by_role"]} == {
        "sole": 0,
        "lead": 4,
        "split": 1,
        "co": 28,
    }
    terms = {one["id"]: (one["numerator"], one["denominator"]) for one in figures["rates"]}
    assert terms == {
        "on_time_completion_rate": (33, 33),
        "reply_rate": (5, 5),
        "satisfaction_rate": (5, 5),
    }
    score = figures["score"]
    assert [Decimal(score[part]) for part in ("base", "deductions", "bonus", "total")] == [
        95,
        0,
        5,
        100,
    ]
    assert sorted(points(item) for item in score["items"] if item["kind"] == "bonus") == [1, 2, 2]


async def test_a_claimed_bonus_of_ten_is_shown_to_differ_from_the_computed_five(town: Town) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    for figure, claimed in {"bonus": "10", "base": "95", "score": "100", "total": "33"}.items():
        body = {"year": 2024, "figure": figure, "claimed": claimed, "source": "2024年总结"}
        await town.done("evaluation", "claim-figure", body)

    comparisons = {one["figure"]: one for one in (await town.figures())["comparisons"]}

    assert comparisons["bonus"]["differs"] is True
    assert Decimal(comparisons["bonus"]["computed"]) == 5
    assert [comparisons[one]["differs"] for one in ("base", "score", "total")] == [False] * 3


async def test_a_late_answer_and_a_dissatisfied_proposer_change_rates_and_score_and_are_named(
    town: Town,
) -> None:
    await town.adopt_rulebook()
    late = {"20240104": {"答复日期": "2024-06-10", "评价日期": "2024-06-20"}}
    unhappy = {"20240105": {"满意度": "不满意"}}
    await town.import_ledger(changed_ledger(SAMPLE, late | unhappy))

    figures = await town.figures()

    on_time = by_id(figures["rates"], "on_time_completion_rate")
    assert (on_time["numerator"], on_time["denominator"]) == (32, 33)
    assert [miss["number"] for miss in on_time["misses"]] == ["20240104"]
    assert "晚 2 天" in on_time["misses"][0]["why"]
    satisfied = by_id(figures["rates"], "satisfaction_rate")
    assert (satisfied["numerator"], satisfied["denominator"]) == (4, 5)
    assert [miss["number"] for miss in satisfied["misses"]] == ["20240105"]
    deductions = [
        item
        for item in figures["score"]["items"]
        if item["kind"] == "deduction" and item["count"] > 0
    ]
    assert sorted(case["number"] for item in deductions for case in item["cases"]) == [
        "20240104",
        "20240105",
    ]
    assert Decimal(figures["score"]["total"]) == 100 - sum(abs(points(one)) for one in deductions)
    assert [case["number"] for case in figures["rehandled"]] == ["20240105"]
    case = await town.ask("assignment", "/cases/20240105")
    lead = next(part for part in case["assignments"] if part["reporting"])
    assert (lead["state"], lead["handling_round"]) == ("rehandling", 2)


async def test_a_second_import_of_the_same_file_changes_nothing_and_says_so(town: Town) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    before = await town.figures()

    report = await town.import_ledger(SAMPLE.read_bytes())

    assert (report["new_rows"], report["unchanged_rows"], report["written"]) == (0, 33, False)
    assert "没有任何改动" in report["message"]
    assert await town.figures() == before


async def test_checking_a_ledger_writes_nothing(town: Town) -> None:
    await town.adopt_rulebook()
    report = await town.import_ledger(SAMPLE.read_bytes(), check=True)
    assert (report["new_rows"], report["written"], report["checked_only"]) == (33, False, True)
    assert (await town.figures())["total"] == 0


async def test_a_row_that_differs_from_what_is_recorded_is_named_and_nothing_is_changed(
    town: Town,
) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    report = await town.import_ledger(changed_ledger(SAMPLE, {"20240105": {"满意度": "不满意"}}))
    assert (report["different_rows"], report["written"]) == (1, False)
    (problem,) = [one for one in report["problems"] if one["code"] == "differs_from_log"]
    assert "满意度" in problem["message"]
    assert "不满意" in problem["message"]


async def test_good_rows_are_imported_beside_bad_ones_only_when_asked(town: Town) -> None:
    await town.adopt_rulebook()
    bad = changed_ledger(SAMPLE, {"20240105": {"答复日期": "2024-09-31"}})

    refused = await town.import_ledger(bad)
    assert (refused["written"], (await town.figures())["total"]) == (False, 0)
    assert any("2024-09-31" in one["message"] for one in refused["problems"])

    taken = await town.import_ledger(bad, skip_bad=True)
    assert (taken["written"], taken["new_rows"], (await town.figures())["total"]) == (True, 32, 32)


async def test_imported_events_say_when_it_happened_who_says_so_and_that_they_were_imported(
    town: Town,
) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    await town.settle()
    history = (await town.ask("assignment", "/cases/20240104/events"))["events"]
    reply = next(one for one in history if one["type"] == "tian.assignment.reply_issued.v1")
    assert reply["imported"] is True
    assert "longgang-2024.xlsx" in reply["attested_by"]
    assert reply["happened_at"][:4] == "2024"
    assert reply["recorded_at"][:4] != "2024"
    assert reply["actor"]["role"] == "supervision"
    assert reply["data"]["issued_on"][:4] == "2024"


async def test_what_has_not_happened_yet_is_not_taken_for_history(town: Town) -> None:
    await town.adopt_rulebook()
    future = changed_ledger(SAMPLE, {"20240104": {"评价日期": "2099-01-05"}})
    report = await town.import_ledger(future)
    assert report["written"] is False
    assert "date_in_future" in [one["code"] for one in report["problems"]]


async def test_a_contact_whose_manner_the_ledger_does_not_tell_is_not_called_a_visit(
    town: Town,
) -> None:
    await town.adopt_rulebook()
    await town.import_ledger(SAMPLE.read_bytes())
    await town.settle()
    case = await town.ask("assignment", "/cases/20240104")
    manners = {one["manner"] for part in case["assignments"] for one in part["contacts"]}
    assert manners == {"not_stated"}
