"""The appraisal of a year on the console: claimed beside computed, and only one's own moves."""

import json

import httpx
import pytest
from fastapi import FastAPI

from console.endpoints.appraisal import MOVES
from contracts.appraisal import AppraisalStage
from contracts.vocabulary import ActorRole
from tests.console.appraisal_answers import VIEWS
from tests.console.stand_ins import Services, problem
from tests.console.visiting import OVERVIEW, give_token, joined, send_form, visitor_of, words

APPRAISAL = f"{OVERVIEW}/appraisal"
COMMANDS = "/districts/longgang/commands"
S = AppraisalStage


def stands_at(services: Services, stage: AppraisalStage) -> None:
    services.evaluation.answers[APPRAISAL] = VIEWS[stage].model_dump_json()


def accepts(services: Services, command: str) -> None:
    services.evaluation.answers[f"{COMMANDS}/{command}"] = {"recorded": 1, "position": 500}


@pytest.mark.parametrize("stage", AppraisalStage)
@pytest.mark.parametrize("role", [ActorRole.SUPERVISION, ActorRole.COMMITTEE, ActorRole.AUDITOR])
async def test_everybody_sees_the_stage_and_only_the_moves_that_are_theirs(
    app: FastAPI, services: Services, private_key: str, stage: AppraisalStage, role: ActorRole
) -> None:
    stands_at(services, stage)
    async with visitor_of(app) as client:
        give_token(client, private_key, role)
        page = await client.get(APPRAISAL)
        assert page.status_code == 200
        assert stage.chinese in words(page)
        offered = {move for move in MOVES if f'name="move" value="{move}"' in page.text}
        theirs = {move for move, roles in VIEWS[stage].next.items() if role.value in roles}
        if stage is S.REOPENED:
            theirs.discard("verify-item")  # what was verified stands, what differs is adjusted
        if stage is S.SUBMITTED:
            theirs.discard("publish-appraisal")  # nothing is settled yet
            assert ("项没有认定" in words(page)) == bool(theirs)
        assert offered == theirs
        if VIEWS[stage].next and not theirs:
            assert "等待" in words(page)
        client.cookies.set("tian_language", "en")
        assert "等待" not in words(await client.get(APPRAISAL))


async def test_a_self_score_is_given_item_by_item(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    stands_at(services, S.FROZEN)
    accepts(services, "self-score")
    form = {
        "move": "self-score",
        "key": "once",
        "claimed.base": "95",
        "claimed.adopted-clue": " 3 ",
        "reason.adopted-clue": "另有一条",
        "evidence.adopted-clue": "附件2",
    }
    answer = await send_form(clerk, APPRAISAL, form)
    assert (answer.status_code, answer.headers["location"]) == (303, APPRAISAL)
    sent = services.evaluation.last
    assert sent.headers["idempotency-key"] == "once"
    assert json.loads(sent.content) == {
        "year": 2024,
        "items": [
            {"item": "base", "claimed": "95", "reason": "", "evidence": ""},
            {"item": "adopted-clue", "claimed": "3", "reason": "另有一条", "evidence": "附件2"},
        ],
    }


async def test_a_refusal_stands_on_the_page_and_what_was_typed_is_kept(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    stands_at(services, S.FROZEN)
    services.evaluation.answers[f"{COMMANDS}/self-score"] = problem(
        409, "“被采用的线索”自评 10 分，按日志计算为 1 分；请写明理由。", "Give the reason."
    )
    form = {"move": "self-score", "claimed.adopted-clue": "10", "reason.base": "照旧"}
    page = await send_form(clerk, APPRAISAL, form)
    assert page.status_code == 409
    assert "没有办理：“被采用的线索”自评10分" in joined(page)
    assert 'name="claimed.adopted-clue"' in page.text
    assert 'value="10"' in page.text
    assert 'value="照旧"' in page.text


async def test_the_three_points_of_an_item_and_the_score_stand_side_by_side(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    stands_at(services, S.PUBLISHED)
    page = await clerk.get(APPRAISAL)
    assert "公布得分99分：自评100分，按日志计算100分。" in joined(page)
    assert "+1+3另有一条线索被省里采用依据：附件20已调整采用证明未附" in joined(page)
    assert "只计日志前 412 条" in words(page)


@pytest.mark.parametrize(
    ("move", "typed", "fields"),
    [
        ("adjust-item", {"item": "base", "points": "9", "reason": "甲"}, None),
        ("verify-item", {"item": "base"}, None),
        ("decide-appeal", {"outcome": "upheld", "reason": "属实"}, None),
        ("freeze-facts", {"reason": "not asked for"}, {}),
    ],
)
async def test_a_form_sends_the_fields_of_its_move_and_no_others(
    clerk: httpx.AsyncClient,
    services: Services,
    move: str,
    typed: dict[str, str],
    fields: dict[str, str] | None,
) -> None:
    accepts(services, move)
    await send_form(clerk, APPRAISAL, {"move": move, "key": "k", **typed})
    expected = {"year": 2024, **(typed if fields is None else fields)}
    assert json.loads(services.evaluation.last.content) == expected


async def test_every_form_says_how_far_its_page_has_seen(
    clerk: httpx.AsyncClient, services: Services
) -> None:
    stands_at(services, S.FROZEN)
    page = await clerk.get(APPRAISAL)
    latest = VIEWS[S.FROZEN].steps[-1].position
    forms = page.text.partition("<main")[2].split("<form")[1:]
    assert forms
    assert all(f'name="seen" value="{latest}"' in form for form in forms if "move" in form)
    accepts(services, "self-score")
    typed = {"move": "self-score", "claimed.base": "95", "seen": str(latest)}
    await send_form(clerk, APPRAISAL, typed)
    assert services.evaluation.last.headers["seen-position"] == str(latest)
