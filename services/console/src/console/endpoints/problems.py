"""Pages for what went wrong: the sentence, what to do now, and never a traceback."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.endpoints.desk import Desk
from console.endpoints.protection import HEADERS, takes_a_file
from console.endpoints.reserved import CALLED, NotForThisRole
from console.endpoints.services import ServiceDown, ServiceFailed, ServiceRefused
from console.endpoints.visits import FormExpired, Visit, path_on_this_site, visit_of
from contracts.filling_in import misfilled
from contracts.identity import NotSignedIn
from hosting.body_limit import BodyTooLarge

SERVICES = {"intake": "收案服务", "assignment": "交办服务", "evaluation": "评价服务"}

TITLES = {
    403: "您的岗位不能办理此事",
    404: "没有找到",
    409: "与现有记录不一致",
    413: "文件过大",
    422: "填写的内容有误",
    500: "服务出错",
}

ADVICE = {
    403: "请换用有权限的账号登录，或联系督查室。",
    404: "请检查网址，或从首页重新进入。",
    409: "请刷新页面，核对最新情况后再办理。",
    413: "请删去台账中无关的工作表或图片后重新上传。",
    422: "请按提示修改后重新提交。",
}

OTHERWISE = "没有办理"

TRY_LATER = "请稍后再试；如仍不能使用，请联系运维人员。"

NOT_SIGNED_IN = 401

IN_THE_ADDRESS = frozenset({"path", "query"})


def add_problem_pages(app: FastAPI, desk: Desk) -> None:
    """Give the app a page for each way in which a request can fail."""

    def page(
        make: Callable[[Visit, Exception], Response],
    ) -> Callable[[Request, Exception], Awaitable[Response]]:
        async def answer(request: Request, error: Exception) -> Response:
            return make(visit_of(request, desk), error)

        return answer

    for kind, make in (
        (NotSignedIn, _to_sign_in),
        (NotForThisRole, _for_others),
        (FormExpired, _form_expired),
        (ServiceDown, _service_down),
        (ServiceFailed, _service_failed),
        (ServiceRefused, _service_refused),
        (RequestValidationError, _not_understood),
        (BodyTooLarge, _body_too_large),
        (HTTPException, _no_such_page),
        (Exception, _console_failed),
    ):
        app.add_exception_handler(kind, page(make))


def page_for_too_large(desk: Desk) -> Callable[[Request, int], Response]:
    """The page for what is beyond its limit in bytes, which no endpoint ever sees."""

    def answer(request: Request, most: int) -> Response:
        return _too_large(visit_of(request, desk), most)

    return answer


def _body_too_large(visit: Visit, error: Exception) -> Response:
    assert isinstance(error, BodyTooLarge)  # noqa: S101 - the handler is registered for this kind
    return _too_large(visit, error.most)


def _too_large(visit: Visit, most: int) -> Response:
    if not takes_a_file(visit.request.url.path):
        sentence = visit.say("内容超过 {limit} MB，没有办理。", limit=most // 1_000_000)
        return _problem(
            visit, 413, visit.say("内容过多"), sentence, visit.say("请精简后重新提交。")
        )
    limit = visit.desk.settings.console_upload_limit_mb
    sentence = visit.say("文件超过 {limit} MB，没有上传。", limit=limit)
    return _problem(visit, 413, visit.say(TITLES[413]), sentence, visit.say(ADVICE[413]))


def _problem(visit: Visit, status: int, title: str, sentence: str, advice: str) -> Response:
    return visit.page(
        "problem.html", status=status, title=title, sentence=sentence, advice=advice, code=status
    )


def _to_sign_in(visit: Visit, error: Exception) -> Response:
    back = visit.here if visit.request.method == "GET" else "/"
    url = visit.request.url_for("show_sign_in").include_query_params(back=path_on_this_site(back))
    return visit.go(f"{url.path}?{url.query}" if back != "/" else url.path)


def _for_others(visit: Visit, error: Exception) -> Response:
    assert isinstance(error, NotForThisRole)  # noqa: S101 - the handler is registered for this kind
    assert visit.actor is not None  # noqa: S101 - whoever is not signed in is asked to, before this
    sentence = visit.say(
        "“{page}”供{readers}使用，您是以{role}身份登录的。",
        page=visit.say(CALLED[error.section]),
        readers=visit.say("、").join(visit.say(each.chinese) for each in error.readers),
        role=visit.say(visit.actor.role.chinese),
    )
    advice = visit.say("请从首页进入您可以使用的页面；确需使用本页的，请换用有权限的账号登录。")
    return _problem(visit, 403, visit.say("本页供其他岗位使用"), sentence, advice)


def _form_expired(visit: Visit, error: Exception) -> Response:
    return _problem(
        visit,
        403,
        visit.say("表单已失效"),
        visit.say("这份表单不是由本页面提交的，或页面打开时间过长，因此没有办理。"),
        visit.say("请返回上一页，刷新后重新提交。"),
    )


def _service_down(visit: Visit, error: Exception) -> Response:
    assert isinstance(error, ServiceDown)  # noqa: S101 - the handler is registered for this kind
    name = visit.say(SERVICES[error.service])
    return _problem(
        visit,
        503,
        visit.say("服务暂时不可用"),
        visit.say(
            "{service}（{code}）暂时不可用，没有取得本页的数据。", service=name, code=error.service
        ),
        visit.say(TRY_LATER),
    )


def _service_failed(visit: Visit, error: Exception) -> Response:
    assert isinstance(error, ServiceFailed)  # noqa: S101 - as above
    name = visit.say(SERVICES[error.service])
    sentence = visit.say("{service}（{code}）未能正常答复。", service=name, code=error.service)
    return _problem(visit, 502, visit.say("服务出错"), sentence, visit.say(TRY_LATER))


def _service_refused(visit: Visit, error: Exception) -> Response:
    assert isinstance(error, ServiceRefused)  # noqa: S101 - as above
    if error.status == NOT_SIGNED_IN:
        return _to_sign_in(visit, error)
    title = visit.say(TITLES.get(error.status, OTHERWISE))
    advice = visit.say(ADVICE.get(error.status, TRY_LATER))
    return _problem(visit, error.status, title, visit.sentence_of(error), advice)


def _not_understood(visit: Visit, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    wrong = error.errors()
    sentence = visit.sentence_on(misfilled(wrong), {})
    if wrong[0]["loc"][0] in IN_THE_ADDRESS:
        title, advice = visit.say("网址有误"), visit.say(ADVICE[404])
    else:
        title, advice = visit.say(TITLES[422]), visit.say(ADVICE[422])
    return _problem(visit, 422, title, sentence, advice)


def _no_such_page(visit: Visit, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    title = visit.say(TITLES.get(error.status_code, OTHERWISE))
    sentence = visit.say("这个网址没有对应的页面。")
    return _problem(visit, error.status_code, title, sentence, visit.say(ADVICE[404]))


def _console_failed(visit: Visit, error: Exception) -> Response:
    sentence = visit.say("页面出错，操作可能没有完成。")
    response = _problem(visit, 500, visit.say("页面出错"), sentence, visit.say(TRY_LATER))
    response.headers.update(HEADERS)  # this page is made outside the middleware that adds them
    return response
