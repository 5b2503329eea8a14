"""Errors as RFC 9457 problem+json: what went wrong and what would be right, in both languages."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from contracts.identity import MayNot, NotSignedIn
from contracts.refusal import Refused
from eventlog import LogUnavailable
from eventlog.log import DOUBTFUL

logger = logging.getLogger(__name__)


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
    field: str | None = None,
    retry_after_seconds: int | None = None,
) -> JSONResponse:
    members = {
        "type": f"urn:tian:problem:{title}",
        "title": title,
        "status": status,
        "detail": detail,
        "detail_en": detail_en,
    }
    if field is not None:
        members["field"] = field
    headers = {"Retry-After": str(retry_after_seconds)} if retry_after_seconds else None
    return JSONResponse(members, status, media_type="application/problem+json", headers=headers)


def _two_sentences(error: Exception) -> tuple[str, str]:
    chinese, _, english = (type(error).__doc__ or "").partition(" / ")
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
        return problem(403, "MayNot", *_two_sentences(error))

    @app.exception_handler(NotFound)
    async def not_found(_request: Request, error: NotFound) -> JSONResponse:
        return problem(
            404, "NotFound", str(error), f"No such {error.what_en}. Check and ask again."
        )

    async def log_unavailable(_request: Request, _error: Exception) -> JSONResponse:
        return problem(
            503,
            "LogUnavailable",
            (LogUnavailable.__doc__ or "").strip(),
            LogUnavailable.english,
            retry_after_seconds=2,
        )

    for unavailable in (LogUnavailable, *DOUBTFUL):
        app.exception_handler(unavailable)(log_unavailable)

    @app.exception_handler(RequestValidationError)
    async def not_valid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if part != "body")
        return problem(
            422,
            "NotValid",
            f"“{field}”填写有误，请按接口说明更正：{first['msg']}",
            f"{field!r} is not valid: {first['msg']}",
            field=field,
        )

    @app.exception_handler(HTTPException)
    async def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        chinese, _, english = str(error.detail).rpartition(" / ")
        return problem(
            error.status_code,
            type(error).__name__.replace("HTTPException", "HttpError"),
            chinese or f"请求无法处理（{error.status_code}），请核对地址和方法。",
            english,
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
