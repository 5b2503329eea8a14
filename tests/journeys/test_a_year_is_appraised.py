"""A year is appraised: frozen, self-scored, verified, adjusted, published, appealed and decided."""

from decimal import Decimal
from typing import Any

import pytest

from contracts.appraisal import AppraisalStage, AppraisalView
from contracts.receipt import read_receipt
from contracts.vocabulary import CHINA, ActorRole
from contracts.working_days import read_calendar
from tests.journeys.conftest import ROOT, RULEBOOK, SAMPLE, Town

D = Decimal
YEAR = {"year": 2024}
APPEALS = "\n[limits.appeal]\nworking_days = 10\nassumed = true\n"
CALENDAR = read_calendar((ROOT / "deploy/calendars/china.toml").read_text("utf-8"))
COMMITTEE, LEADER, SUPERVISION = ActorRole.COMMITTEE, ActorRole.LEADER, ActorRole.SUPERVISION


async def seen(town: Town, **asked: str) -> AppraisalView:
    path = f"/districts/{town.district}/years/2024/appraisal"
    answer = await town.evaluation.get(path, params=asked, headers=town.as_())
    assert answer.status_code == 200, answer.text
    return AppraisalView.model_validate_json(answer.content)


async def given(town: Town, command: str, role: ActorRole, **fields: Any) -> AppraisalView:
    answer = await town.give("evaluation", command, YEAR | fields, town.as_(role))
    assert answer.status_code == 200, answer.text
    return await seen(town)


async def refused(town: Town, command: str, role: ActorRole, **fields: Any) -> str:
    answer = await town.give("evaluation", command, YEAR | fields, town.as_(role))
    assert answer.status_code in {403, 409, 422}, answer.text
    return str(answer.json()["detail"])


def claims(view: AppraisalView) -> list[dict[str, str]]:
    """Claim what was computed, but for the clues: two points more, and why."""
    return [
        {"item": each.id, "claimed": str(each.computed + 2), "reason": "另有一条被省里采用"}
        if each.id == "adopted-clue"
        else {"item": each.id, "claimed": str(each.computed)}
        for each in view.items
    ]


@pytest.fixture
async def frozen(town: Town) -> AppraisalView:
    text = RULEBOOK.read_text("utf-8") + APPEALS
    await town.done("evaluation", "adopt-rulebook", {"year": 2024, "text": text})
    await town.import_ledger(SAMPLE.read_bytes())
    await town.settle()
    assert (await seen(town)).stage is AppraisalStage.NOT_OPENED
    view = await given(town, "open-appraisal", COMMITTEE)
    assert (view.stage, view.rulebook_id) == (AppraisalStage.OPENED, "shenzhen-2024")
    return await given(town, "freeze-facts", COMMITTEE)


async def test_a_year_is_appraised_from_opening_to_the_decision_of_an_appeal(
    town: Town, frozen: AppraisalView
) -> None:
    assert (frozen.stage, frozen.computed_total) == (AppraisalStage.FROZEN, D(100))
    assert "封存" in await refused(town, "publish-appraisal", LEADER)
    assert "无权" in await refused(town, "self-score", COMMITTEE, items=claims(frozen))

    # What is rated after the freeze changes the figures, and the appraisal not at all.
    rating = {"proposal_id": "20240104", "unit": "龙岗区教育局"}
    ledger = await town.ask("evaluation", "/cases/20240104/events")
    rated = next(each for each in ledger["events"] if each["type"].endswith("reply_rated.v1"))
    rating["unit"] = rated["data"]["unit"]
    form = {"satisfaction": "dissatisfied", "rated_on": "2024-12-01", "scan": "表.pdf"}
    await town.done("evaluation", "rate-reply", rating | form | {"by_proxy": True}, role=COMMITTEE)
    later = (await town.figures())["rates"]
    assert next(each for each in later if each["id"] == "satisfaction_rate")["numerator"] == 4

    view = await given(town, "self-score", SUPERVISION, items=claims(frozen))
    assert (view.claimed_total, view.computed_total) == (D(100), D(100)), "the ceiling holds"
    assert [each.id for each in view.items if each.differs] == ["adopted-clue"]
    await given(town, "submit-appraisal", SUPERVISION)
    assert "调整" in await refused(town, "verify-item", COMMITTEE, item="adopted-clue")
    for each in view.items:
        if not each.differs:
            await given(town, "verify-item", COMMITTEE, item=each.id)
    assert "没有核定" in await refused(town, "publish-appraisal", LEADER)
    await given(
        town, "adjust-item", LEADER, item="adopted-clue", points="0", reason="线索未附采用证明"
    )
    view = await given(town, "publish-appraisal", LEADER)
    assert (view.stage, view.score) == (AppraisalStage.PUBLISHED, D(99))
    day = view.steps[-1].at.astimezone(CHINA).date()
    assert view.appeal_until == CALENDAR.after(day, 10).on

    path = f"/districts/{town.district}/years/2024/figures/receipt"
    asked = {"as_of": str(view.position)}
    answer = await town.evaluation.get(path, params=asked, headers=town.as_())
    receipt = read_receipt(answer.content)
    assert (receipt.digest, receipt.root) == (view.receipt, view.root)
    assert receipt.figures.score is not None
    assert receipt.figures.score.total == view.computed_total

    await given(town, "appeal-appraisal", SUPERVISION, reason="采用证明已补交")
    view = await given(town, "decide-appeal", LEADER, outcome="upheld", reason="证明属实")
    assert view.stage is AppraisalStage.REOPENED
    await given(
        town, "adjust-item", COMMITTEE, item="adopted-clue", points="1", reason="按证明认定"
    )
    assert "无需调整" in await refused(
        town, "adjust-item", COMMITTEE, item="base", points="95", reason="照旧"
    )
    view = await given(town, "publish-appraisal", LEADER)
    assert view.score == 100
    await given(town, "appeal-appraisal", SUPERVISION, reason="仍有一条")
    view = await given(town, "decide-appeal", LEADER, outcome="dismissed", reason="已在范围之内")
    assert (view.stage, view.score, view.next) == (AppraisalStage.CONCLUDED, D(100), {})
    assert "考评已经结束" in await refused(town, "publish-appraisal", LEADER)

    published = next(each for each in view.steps if each.type.endswith("published.v1"))
    then = await seen(town, as_of=str(published.position))
    assert (then.stage, then.score, len(then.steps)) == (
        AppraisalStage.PUBLISHED,
        D(99),
        view.steps.index(published) + 1,
    )


async def test_a_repeated_freeze_is_the_first_one_and_another_rulebook_needs_a_new_opening(
    town: Town,
) -> None:
    assert "采用规则手册" in await refused(town, "open-appraisal", COMMITTEE)
    await town.adopt_rulebook()
    await given(town, "open-appraisal", COMMITTEE)
    newer = RULEBOOK.read_text("utf-8").replace("version = 1", "version = 2", 1)
    await town.done("evaluation", "adopt-rulebook", {"year": 2024, "text": newer})
    assert "重新开启考评" in await refused(town, "freeze-facts", COMMITTEE)
    view = await given(town, "open-appraisal", COMMITTEE)
    assert view.rulebook_version == 2

    key = town.as_(COMMITTEE) | {"idempotency-key": "once"}
    first = await town.give("evaluation", "freeze-facts", YEAR, key)
    again = await town.give("evaluation", "freeze-facts", YEAR, key)
    assert first.status_code == 200, first.text
    assert again.json() == first.json()
    assert (await seen(town)).position == first.json()["position"] - 1
