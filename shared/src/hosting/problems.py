"""Errors as RFC 9457 problem+json: what went wrong and what would be right, in both languages."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from contracts.filling_in import Misfilled, in_both, misfilled
from contracts.identity import MayNot, NotSignedIn
from contracts.refusal import Refused
from eventlog import LogUnavailable
from eventlog.refusing import DOUBTFUL

logger = logging.getLogger(__name__)


PROBLEM_JSON = "application/problem+json"


class Problem(BaseModel):
    """An error (RFC 9457): what went wrong and what would be right, in Chinese and in English.

    Where fields are not right, `field` is the path of the first and `errors` has each of the first
    few, as `Misfilled` describes it, so that a form can name its own blanks.
    """

    type: str
    title: str
    status: int
    detail: str
    detail_en: str
    field: str | None = None
    errors: list[dict[str, Any]] | None = None


class NotFound(Exception):
    """没有找到{what}。请核对后再查。"""

    def __init__(self, what: str, what_en: str) -> None:
        self.what, self.what_en = what, what_en
        super().__init__(f"没有找到{what}。请核对后再查。")


class BadQuestion(Refused):
    """What is asked cannot be answered as it is put."""


def problem(
    status: int,
    title: str,
    detail: str,
    detail_en: str,
    *,
    errors: Sequence[Misfilled] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    told = Problem(
        type=f"urn:tian:problem:{title}",
        title=title,
        status=status,
        detail=detail,
        detail_en=detail_en,
        field=errors[0].field or None if errors else None,
        errors=[each.model_dump() for each in errors] or None,
    )
    return JSONResponse(
        told.model_dump(exclude_none=True), status, headers=headers, media_type=PROBLEM_JSON
    )


def problem_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an interface description says of these statuses."""
    said = {
        400: "请求读不出来 / the request cannot be read",
        401: "没有登录 / not signed in",
        403: "无权办理 / not allowed",
        404: "没有找到 / not found",
        409: "按规则不能办理，或已有变化 / refused by the rules, or overtaken by somebody else",
        413: "内容太大 / too large",
        422: "填写有误 / not valid",
        503: "暂时不能办理，请稍后重试 / not now, try again later",
    }
    return {
        status: {"description": said[status], "content": {PROBLEM_JSON: {"schema": SCHEMA}}}
        for status in statuses
    }


SCHEMA = Problem.model_json_schema()


def _two_sentences(error: Exception) -> tuple[str, str]:
    told = (type(error).__doc__ or "").format_map(vars(error))
    chinese, _, english = told.partition(" / ")
    return chinese.strip(), english.strip()


def add_problems(app: FastAPI) -> None:
    """Answer every expected error of the system, and any other one without its insides."""

    @app.exception_handler(Refused)
    async def refused(_request: Request, error: Refused) -> JSONResponse:
        return problem(409, type(error).__name__, error.chinese, error.in_english)

    @app.exception_handler(BadQuestion)
    async def bad_question(_request: Request, error: BadQuestion) -> JSONResponse:
        return problem(422, type(error).__name__, error.chinese, error.in_english)

    @app.exception_handler(NotSignedIn)
    async def not_signed_in(_request: Request, error: NotSignedIn) -> JSONResponse:
        return problem(401, "NotSignedIn", *_two_sentences(error))

    @app.exception_handler(MayNot)
    async def may_not(_request: Request, error: MayNot) -> JSONResponse:
        return problem(403, type(error).__name__, *_two_sentences(error))

    @app.exception_handler(NotFound)
    async def not_found(_request: Request, error: NotFound) -> JSONResponse:
        return problem(
            404, "NotFound", str(error), f"No such {error.what_en}. Check and ask again."
        )

    async def log_unavailable(_request: Request, error: Exception) -> JSONResponse:
        kind = type(error) if isinstance(error, LogUnavailable) else LogUnavailable
        sentence = (kind.__doc__ or "").strip()
        return problem(503, kind.__name__, sentence, kind.english, headers={"Retry-After": "2"})

    for unavailable in (LogUnavailable, *DOUBTFUL):
        app.exception_handler(unavailable)(log_unavailable)

    @app.exception_handler(asyncpg.CharacterNotInRepertoireError)
    async def no_text(_request: Request, _error: Exception) -> JSONResponse:
        return problem(
            422,
            "NoText",
            "请求中有不能用于文字的字符（空字符）。请删去后再试。",
            "The request holds a character that is no part of a text (NUL). Remove it.",
        )

    @app.exception_handler(RequestValidationError)
    async def not_valid(_request: Request, error: RequestValidationError) -> JSONResponse:
        found = misfilled(error.errors())
        return problem(422, "NotValid", *in_both(found), errors=found)

    @app.exception_handler(HTTPException)
    async def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        chinese, _, english = str(error.detail).rpartition(" / ")
        return problem(
            error.status_code,
            type(error).__name__.replace("HTTPException", "HttpError"),
            chinese or f"请求无法处理（{error.status_code}），请核对地址和方法。",
            english,
            headers=error.headers,
        )

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        logger.error("unexpected error at %s", request.url.path, exc_info=error)
        return problem(
            500,
            "Unexpected",
            "系统出现意外错误，已记录。请稍后重试，或把时间告诉运维人员。",
            "Something unexpected went wrong; it has been logged. Try again later.",
        )
