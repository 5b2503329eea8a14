"""The three services behind the console: how they are asked, and how they can fail."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from console.settings import Settings
from contracts.filling_in import Misfilled

Answer = TypeVar("Answer", bound=BaseModel)

NOT_REACHED = frozenset({502, 503, 504})


class Problem(BaseModel):
    """The body of a refusal (RFC 9457), as far as a reader of pages needs it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str = ""
    detail: str = ""
    detail_en: str = ""
    field: str = ""
    errors: tuple[Misfilled, ...] = ()


class ServiceDown(Exception):
    """A service cannot be reached, or says itself that it is not available."""

    def __init__(self, service: str) -> None:
        self.service = service
        super().__init__(service)


class ServiceFailed(Exception):
    """A service was reached, and gave an answer that the console does not understand."""

    def __init__(self, service: str, status: int) -> None:
        self.service = service
        self.status = status
        super().__init__(f"{service}: {status}")


class ServiceRefused(Exception):
    """A service said no, in words."""

    def __init__(self, service: str, status: int, problem: Problem) -> None:
        self.service = service
        self.status = status
        self.problem = problem
        super().__init__(f"{service}: {status} {problem.detail or problem.title}")


@dataclass(frozen=True)
class Clients:
    """One HTTP client per service."""

    intake: httpx.AsyncClient
    assignment: httpx.AsyncClient
    evaluation: httpx.AsyncClient

    @property
    def by_name(self) -> dict[str, httpx.AsyncClient]:
        return {
            "intake": self.intake,
            "assignment": self.assignment,
            "evaluation": self.evaluation,
        }

    async def close(self) -> None:
        await asyncio.gather(*(client.aclose() for client in self.by_name.values()))

    @property
    def checks(self) -> dict[str, Callable[[], Awaitable[bool]]]:
        """For each service a question whether it says that it is alive."""
        return {name: partial(_is_alive, client) for name, client in self.by_name.items()}


def open_clients(settings: Settings) -> Clients:
    timeout = httpx.Timeout(settings.console_timeout_seconds, connect=3)
    return Clients(
        intake=httpx.AsyncClient(base_url=settings.intake_url, timeout=timeout, trust_env=False),
        assignment=httpx.AsyncClient(
            base_url=settings.assignment_url, timeout=timeout, trust_env=False
        ),
        evaluation=httpx.AsyncClient(
            base_url=settings.evaluation_url, timeout=timeout, trust_env=False
        ),
    )


@dataclass(frozen=True)
class Upload:
    """A file on its way to a service."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Enquiry:
    """The services, asked in the name of one signed-in person."""

    clients: Clients
    token: str

    async def get(
        self, kind: type[Answer], service: str, path: str, params: dict[str, str] | None = None
    ) -> Answer:
        return _understand(kind, service, await self._send(service, "GET", path, params, None))

    async def give(
        self,
        kind: type[Answer],
        service: str,
        path: str,
        fields: Mapping[str, Any],
        headers: Mapping[str, str],
    ) -> Answer:
        """Give a command. Raises ServiceRefused when the rules say no."""
        try:
            response = await self.clients.by_name[service].post(
                path, json=fields, headers={**self._token, **headers}
            )
        except httpx.TransportError as error:
            raise ServiceDown(service) from error
        return _understand(kind, service, response)

    async def get_file(self, service: str, path: str, params: dict[str, str]) -> bytes:
        """The bytes of a document."""
        response = await self._send(service, "GET", path, params, None)
        _check(service, response)
        return response.content

    async def send_file(
        self, kind: type[Answer], service: str, path: str, params: dict[str, str], upload: Upload
    ) -> Answer:
        return _understand(kind, service, await self._send(service, "POST", path, params, upload))

    @property
    def _token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def _send(
        self,
        service: str,
        method: str,
        path: str,
        params: dict[str, str] | None,
        upload: Upload | None,
    ) -> httpx.Response:
        try:
            return await self.clients.by_name[service].request(
                method,
                path,
                params=params,
                files={"file": (upload.name, upload.content)} if upload else None,
                headers=self._token,
            )
        except httpx.TransportError as error:
            raise ServiceDown(service) from error


async def _is_alive(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/livez", timeout=2)).is_success
    except httpx.TransportError:
        return False


def _understand(kind: type[Answer], service: str, response: httpx.Response) -> Answer:
    _check(service, response)
    try:
        return kind.model_validate_json(response.content)
    except ValidationError as error:
        raise ServiceFailed(service, response.status_code) from error


def _check(service: str, response: httpx.Response) -> None:
    """Let only a good answer pass. Raises ServiceDown, ServiceRefused or ServiceFailed."""
    if response.status_code in NOT_REACHED:
        raise ServiceDown(service)
    if response.is_error and "problem+json" in response.headers.get("content-type", ""):
        raise ServiceRefused(
            service, response.status_code, Problem.model_validate_json(response.content)
        )
    if not response.is_success:
        raise ServiceFailed(service, response.status_code)
