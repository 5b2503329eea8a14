"""One request of one visitor: who it is, in which language, and how a page goes back."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from console.endpoints.desk import Desk
from console.endpoints.language import Language, language_of
from console.endpoints.reserved import NotForThisRole, opens
from console.endpoints.services import Enquiry, ServiceRefused
from contracts.filling_in import Misfilled, in_one
from contracts.identity import Actor, NotSignedIn, read_token
from contracts.vocabulary import CHINA, ActorRole
from hosting.clock import system_clock

SESSION_COOKIE = "tian_session"
FORM_COOKIE = "tian_form"
BROWSER_COOKIE = "tian_browser"
LANGUAGE_COOKIE = "tian_language"
DONE = "done"
AT_WORK_THIS_YEAR = frozenset({ActorRole.PROPOSER, ActorRole.COMMITTEE, ActorRole.SUPERVISION})

# What a form about one thing is sent to; a refused form comes back there, and the thing is one step up.
SENT_ABOUT_ONE_THING = re.compile(r"(/districts/[^/]+/(?:cases|proposals|outbox)/[^/]+)/[^/]+")
PATH_ON_THIS_SITE = re.compile(r"/(?![/\\])[^\s\\]*")


class FormExpired(Exception):
    """A form came back without the mark that this site gave to this browser."""


@dataclass
class Visit:
    """A request with everything that is needed to answer it."""

    desk: Desk
    request: Request
    actor: Actor | None = None
    token: str = ""
    page_at: str = ""  # the address of the page, where that of the form does not tell
    new_form_mark: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def language(self) -> Language:
        return language_of(self.request.cookies.get(LANGUAGE_COOKIE))

    @property
    def form_mark(self) -> str:
        return self.request.cookies.get(FORM_COOKIE) or self.new_form_mark

    @property
    def here(self) -> str:
        """The address of this page, or of the page with the form that was sent; what was done is said once."""
        kept = [each for each in self.request.query_params.multi_items() if each[0] != DONE]
        query = urlencode(kept) if DONE in self.request.query_params else self.request.url.query
        path = self.request.url.path.removesuffix("/check")
        if self.request.method == "POST" and (sent := SENT_ABOUT_ONE_THING.fullmatch(path)):
            path = sent[1]
        return self.page_at or path + (f"?{query}" if query else "")

    @property
    def this_year(self) -> int | None:
        """The year that it is in China, for those who write or review the proposals of it."""
        if self.actor is None or self.actor.role not in AT_WORK_THIS_YEAR:
            return None
        return system_clock().astimezone(CHINA).year

    @cached_property
    def enquiry(self) -> Enquiry:
        """The services, asked in the name of this visitor."""
        return Enquiry(self.desk.clients, self.token)

    def opens(self, section: str) -> bool:
        """Whether a page is for the visitor."""
        return opens(self.actor.role if self.actor else None, section)

    def say(self, chinese: str, **facts: object) -> str:
        return self.desk.texts.catalogue.say(self.language, chinese, **facts)

    def sentence_of(self, refusal: ServiceRefused, labels: Mapping[str, str] | None = None) -> str:
        """The words of a refusal in the visitor's language; `labels` name the fields of a form."""
        problem = refusal.problem
        if problem.errors:
            return self.sentence_on(problem.errors, labels or {})
        if self.language is Language.ENGLISH and problem.detail_en:
            return problem.detail_en
        return problem.detail or problem.title

    def sentence_on(self, found: Sequence[Misfilled], labels: Mapping[str, str]) -> str:
        """What would be right in each of these fields, called as the form calls them."""
        if self.language is Language.ENGLISH:
            named = [labels.get(each.first_step) or each.usual_name[1] for each in found]
            told = [each.sentence_in_english(name) for each, name in zip(found, named, strict=True)]
            return in_one(told, "; ", ".")
        named = [labels.get(each.first_step) or each.usual_name[0] for each in found]
        told = [each.sentence(name) for each, name in zip(found, named, strict=True)]
        return in_one(told, "；", "。")

    def page(self, template: str, *, status: int = 200, **facts: Any) -> HTMLResponse:
        """A page in the visitor's language, with a mark for the forms on it."""
        response = HTMLResponse(
            self.desk.texts.templates.get_template(template).render(
                {"visit": self, "language": self.language, "actor": self.actor} | facts
            ),
            status_code=status,
            headers={"Cache-Control": "no-store"},
        )
        if FORM_COOKIE not in self.request.cookies:
            self.keep(response, FORM_COOKIE, self.form_mark)
        return response

    def keep(self, response: Response, name: str, value: str, seconds: int | None = None) -> None:
        """Set a cookie that no script reads and no other site sends."""
        is_encrypted = self.request.url.scheme == "https"
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            httponly=True,
            samesite="lax",
            secure=self.desk.settings.console_secure_cookies or is_encrypted,
        )

    def go(self, path: str) -> Response:
        """Send the visitor on; a page part that asked is told to move the whole page."""
        if self.request.headers.get("HX-Request"):
            return Response(status_code=204, headers={"HX-Redirect": path})
        return RedirectResponse(path, status_code=303)


def visit_of(request: Request, desk: Desk) -> Visit:
    """The visit of anybody, signed in or not."""
    token = request.cookies.get(SESSION_COOKIE, "")
    try:
        actor = read_token(token, desk.public_key, at=system_clock())
    except NotSignedIn:
        return Visit(desk, request)
    return Visit(desk, request, actor, token)


def anyone(request: Request) -> Visit:
    return visit_of(request, request.state.desk)


def signed_in(visit: Annotated[Visit, Depends(anyone)]) -> Visit:
    if visit.actor is None:
        raise NotSignedIn
    return visit


def only_for_readers_of(section: str) -> Any:
    """Let only those through whom a page is for. Raises NotForThisRole for others."""

    def check(visit: Annotated[Visit, Depends(signed_in)]) -> None:
        if not visit.opens(section):
            raise NotForThisRole(section)

    return Depends(check)


def own_form(
    visit: Annotated[Visit, Depends(anyone)], form_mark: Annotated[str, Form()] = ""
) -> None:
    """Let only forms through that this site gave to this browser (double submit)."""
    expected = visit.request.cookies.get(FORM_COOKIE, "")
    if not expected or not secrets.compare_digest(expected.encode(), form_mark.encode()):
        raise FormExpired


def path_on_this_site(path: str) -> str:
    """The path, if it leads to a page of this site; the first page otherwise."""
    return path if PATH_ON_THIS_SITE.fullmatch(path) else "/"


def service_path(*parts: str | int) -> str:
    return "".join(f"/{quote(str(part), safe='')}" for part in parts)


Anyone = Annotated[Visit, Depends(anyone)]
SignedIn = Annotated[Visit, Depends(signed_in)]
OwnForm = Depends(own_form)
