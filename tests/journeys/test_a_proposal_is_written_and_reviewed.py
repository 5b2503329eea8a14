"""A proposal from its first draft to the decision on it, through the front door of intake."""

import hashlib
from datetime import timedelta
from typing import Any

import asyncpg
import httpx

from contracts.identity import Actor, issue_token
from contracts.vocabulary import CHINA, ActorRole
from hosting.clock import system_clock
from tests.journeys.conftest import Town

P = {"proposal_id": "p-1"}
DRAFT: dict[str, Any] = P | {
    "year": 2026,
    "title": "关于整治老旧小区飞线充电的建议",
    "form": "individual",
    "proposers": ["陈一"],
    "body": "一、情况……二、建议……",
    "occasion": "session",
}
PLACE = "/districts/longgang/proposals/p-1"
PDF = b"%PDF-1.7 a photograph"


def member(town: Town, name: str) -> dict[str, str]:
    actor = Actor(subject=name, name=name, role=ActorRole.PROPOSER, district=town.district)
    valid = timedelta(minutes=10)
    token = issue_token(actor, town.private_key, at=system_clock(), valid=valid)
    return {"authorization": f"Bearer {token}"}


async def does(town: Town, name: str, command: str, body: dict[str, Any]) -> httpx.Response:
    answer = await town.give("intake", command, body, member(town, name))
    await town.settle()
    return answer


async def is_done(town: Town, name: str, command: str, body: dict[str, Any]) -> None:
    answer = await does(town, name, command, body)
    assert answer.status_code == 200, answer.text


async def attach(town: Town, name: str, file: tuple[str, bytes], **headers: str) -> httpx.Response:
    answer = await town.intake.post(
        f"{PLACE}/attachments", files={"file": file}, headers=member(town, name) | headers
    )
    await town.settle()
    return answer


def today() -> str:
    return system_clock().astimezone(CHINA).date().isoformat()


async def test_a_proposal_is_drafted_signed_attached_to_and_handed_in(town: Town) -> None:
    await is_done(town, "陈一", "save-draft", DRAFT | {"title": "草稿"})
    await is_done(town, "陈一", "save-draft", DRAFT)
    attached = (await attach(town, "陈一", ("照片.pdf", PDF))).json()
    assert attached["sha256"] == hashlib.sha256(PDF).hexdigest()
    invite = P | {"invited": ["林二", "王三"], "closes_on": today()}
    await is_done(town, "陈一", "open-cosigning", invite)
    await is_done(town, "林二", "cosign-proposal", P | {"name": "林二"})
    waits = await does(town, "陈一", "submit-proposal", P)
    assert (waits.status_code, waits.json()["title"]) == (409, "SignaturesOutstanding")
    await is_done(town, "王三", "decline-cosigning", P | {"name": "王三"})
    await is_done(town, "陈一", "submit-proposal", P)

    proposal = await town.ask("intake", "/proposals/p-1")
    shown = ("state", "form", "proposers", "declined", "occasion", "title")
    assert [proposal[name] for name in shown] == [
        "received",
        "joint",
        ["陈一", "林二"],
        ["王三"],
        "session",
        DRAFT["title"],
    ]
    file = f"{PLACE}/attachments/{attached['sha256']}"
    saved = await town.intake.get(file, headers=town.as_())
    assert (saved.content, saved.headers["content-type"]) == (PDF, "application/pdf")
    assert (await town.intake.get(file)).status_code == 401
    other = f"{PLACE}/attachments/{'0' * 64}"
    assert (await town.intake.get(other, headers=town.as_())).status_code == 404


async def test_a_draft_is_seen_and_changed_by_its_author_and_seen_by_the_invited(
    town: Town,
) -> None:
    await is_done(town, "陈一", "save-draft", DRAFT)
    invite = P | {"invited": ["林二"], "closes_on": today()}
    await is_done(town, "陈一", "open-cosigning", invite)
    for name, status in (("陈一", 200), ("林二", 200), ("孙五", 404)):
        for path in (PLACE, f"{PLACE}/events"):
            answer = await town.intake.get(path, headers=member(town, name))
            assert (name, answer.status_code) == (name, status)
        listed = await town.intake.get(
            "/districts/longgang/proposals?year=2026", headers=member(town, name)
        )
        assert (name, len(listed.json()["proposals"])) == (name, int(status == 200))
    assert (await town.intake.get(PLACE, headers=town.as_())).status_code == 404
    stolen = DRAFT | {"proposers": ["孙五"]}
    assert (await does(town, "孙五", "save-draft", stolen)).status_code == 403
    assert (await does(town, "孙五", "submit-proposal", P)).status_code == 403
    assert (await does(town, "孙五", "cosign-proposal", P | {"name": "林二"})).status_code == 403


async def test_files_that_are_not_what_they_say_are_not_kept(town: Town) -> None:
    await is_done(town, "陈一", "save-draft", DRAFT)
    for file, title in (
        (("照片.pdf", b"MZ a program"), "ContentUnlikeName"),
        (("程序.exe", b"MZ a program"), "KindOfFileNotTaken"),
        (("空.txt", b""), "NotValid"),
    ):
        answer = await attach(town, "陈一", file)
        assert (answer.status_code in {409, 422}, answer.json()["title"]) == (True, title)


async def test_a_file_that_is_refused_leaves_nothing_behind(
    town: Town, connection: asyncpg.Connection
) -> None:
    async def kept() -> list[str]:
        rows = await connection.fetch("select sha256 from papers.content order by kept_at")
        return [row["sha256"] for row in rows]

    await is_done(town, "陈一", "save-draft", DRAFT)
    once = {"idempotency-key": "once"}
    first = await attach(town, "陈一", ("照片.pdf", PDF), **once)
    stale = {"seen-position": str(first.json()["position"] - 1)}
    other = ("另一张.pdf", PDF + b"2")
    for name, headers, status, title in (
        ("孙五", {}, 403, "MayNot"),
        ("陈一", once, 409, "KeyUsedForSomethingElse"),
        ("陈一", stale, 409, "Overtaken"),
    ):
        refused = await attach(town, name, other, **headers)
        assert (refused.status_code, refused.json()["title"]) == (status, title)
    await is_done(town, "陈一", "submit-proposal", P)
    await town.done("intake", "file-proposal", P | {"number": "20260007"})
    assert (await attach(town, "陈一", other)).json()["title"] == "AlreadyFiled"
    assert await kept() == [first.json()["sha256"]]
    assert (await attach(town, "陈一", ("照片.pdf", PDF), **once)).json() == first.json()


async def test_what_was_handed_in_before_is_found_by_its_title(town: Town) -> None:
    for number, title in enumerate(
        ("关于治理老旧小区飞线充电问题的提案", "关于增设公交专用道的建议", "关于小区充电桩的建议")
    ):
        earlier = {"proposal_id": f"old-{number}", "year": 2023, "title": title}
        body = earlier | {"form": "individual", "proposers": ["赵四"]}
        await town.done("intake", "receive-proposal", body)
        filed = {"proposal_id": f"old-{number}", "number": f"2023000{number}"}
        await town.done("intake", "file-proposal", filed)
    answer = await town.intake.get(
        "/districts/longgang/look-alikes",
        params={"title": DRAFT["title"], "but": "p-1"},
        headers=member(town, "陈一"),
    )
    found = [each["proposal_id"] for each in answer.json()["look_alikes"]]
    assert found[0] == "old-0"
    assert "old-1" not in found


async def test_review_in_two_stages_with_a_return_between_them(town: Town) -> None:
    await is_done(town, "陈一", "save-draft", DRAFT)
    await is_done(town, "陈一", "submit-proposal", P)
    await town.done("intake", "return-proposal", P | {"reason": "请写明地点"})
    assert (await town.ask("intake", "/proposals/p-1"))["note"] == "请写明地点"
    completed = P | {"title": DRAFT["title"], "body": "地点：甲小区……"}
    await is_done(town, "陈一", "resubmit-proposal", completed)
    await town.done("intake", "pass-first-review", P | {"note": "建议立案"})
    await town.done("intake", "file-proposal", P | {"number": "20260007"})
    await town.done("intake", "mark-proposal-excellent", P)
    proposal = await town.ask("intake", "/proposals/p-1")
    shown = ("state", "number", "body", "excellent")
    assert [proposal[name] for name in shown] == ["filed", "20260007", completed["body"], True]


async def test_what_was_merged_is_answered_with_the_proposal_it_was_merged_into(
    town: Town,
) -> None:
    for proposal_id, name in (("p-1", "陈一"), ("p-2", "林二")):
        body = DRAFT | {"proposal_id": proposal_id, "proposers": [name]}
        await town.done("intake", "receive-proposal", body)
    await town.done("intake", "merge-proposal", {"proposal_id": "p-2", "into_proposal_id": "p-1"})
    assert (await town.ask("intake", "/proposals/p-1"))["taken_in"] == ["p-2"]
    answer = await town.give("intake", "withdraw-proposal", P | {"reason": "不办了"})
    refused = await town.give(
        "intake", "withdraw-proposal", P | {"reason": "不办了"}, town.as_(ActorRole.COMMITTEE)
    )
    assert answer.status_code == 403
    assert (refused.status_code, refused.json()["title"]) == (409, "OthersMergedIn")
