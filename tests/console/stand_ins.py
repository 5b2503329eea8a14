"""Stand-ins for the three services: they answer the agreed JSON over HTTP and remember what came."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from console.endpoints.services import Clients
from tests.console import sample_answers as sample
from tests.console.sample_figures import KEY, some_figures

YEAR = "/districts/longgang/years/2024"
SUMMARY = b"PK\x03\x04 a document"
CASE = f"/districts/longgang/cases/{KEY.number}"
PROPOSAL = f"/districts/longgang/proposals/{KEY.number}"


def problem(status: int, detail: str, detail_en: str, **more: str) -> httpx.Response:
    return httpx.Response(
        status,
        headers={"content-type": "application/problem+json"},
        content=json.dumps({"status": status, "detail": detail, "detail_en": detail_en} | more),
    )


@dataclass
class StandIn:
    """One service: answers by path, or the lack of them."""

    answers: dict[str, Any]
    is_down: bool = False
    refusal: httpx.Response | None = None
    requests: list[httpx.Request] = field(default_factory=list)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        if self.is_down:
            raise httpx.ConnectError("nobody listens", request=request)
        if request.url.path == "/livez":
            return httpx.Response(200, json={"status": "ok"})
        if self.refusal is not None:
            return self.refusal
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = self.answers.get(request.url.path)
        if answer is None:
            return problem(404, "没有这项记录。", "There is no such record.")
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, httpx.Response):
            return answer
        if isinstance(answer, str):
            return httpx.Response(200, content=answer)
        return httpx.Response(200, json=answer)

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]


@dataclass
class Services:
    """The three stand-ins, as clients for the console."""

    intake: StandIn
    assignment: StandIn
    evaluation: StandIn

    def clients(self) -> Clients:
        return Clients(
            intake=_client(self.intake),
            assignment=_client(self.assignment),
            evaluation=_client(self.evaluation),
        )


def working_services() -> Services:
    return Services(
        intake=StandIn(
            {
                "/districts": sample.DISTRICTS,
                "/districts/longgang": sample.DISTRICT,
                PROPOSAL: sample.PROPOSAL,
                f"{PROPOSAL}/events": {"events": sample.INTAKE_EVENTS},
                f"{YEAR}/ledger": _ledger_report,
            }
        ),
        assignment=StandIn(
            {
                f"{YEAR}/cases": _cases,
                CASE: sample.CASE,
                f"{CASE}/events": {"events": sample.ASSIGNMENT_EVENTS},
            }
        ),
        evaluation=StandIn(
            {
                f"{YEAR}/figures": some_figures().model_dump_json(),
                f"{YEAR}/summary.docx": httpx.Response(200, content=SUMMARY),
                f"{CASE}/events": {"events": sample.EVALUATION_EVENTS},
            }
        ),
    )


def _client(stand_in: StandIn) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.MockTransport(stand_in), base_url="http://service.test"
    )


def _cases(request: httpx.Request) -> dict[str, Any]:
    wanted = dict(request.url.params)
    text = wanted.pop("q", "")
    unit = wanted.pop("unit", None)
    found = [
        case
        for case in sample.CASES
        if all(case[name] == value for name, value in wanted.items())
        and text in case["number"] + case["title"]
        and (unit is None or unit in case["units"])
    ]
    return {"cases": found, "total": len(found)}


def _ledger_report(request: httpx.Request) -> dict[str, Any]:
    if request.url.params["check"] == "true":
        return sample.CHECK_REPORT
    if request.url.params["skip_bad"] == "true":
        written = {"checked_only": False, "written": True, "message": "已写入 32 行。"}
        return sample.CHECK_REPORT | written | {"message_en": "32 rows were written."}
    return sample.CHECK_REPORT | {"checked_only": False, "message": "有错误，未写入。"}
