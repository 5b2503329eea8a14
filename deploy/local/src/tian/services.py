"""The four services: how each is started, where it listens, and what it must be told."""

import ssl
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx

from tian.accounts import DEMO_PASSWORD
from tian.commit import commit_here
from tian.home import Home, shipped
from tian.language import either
from tian.processes import Program

SERVICES = {
    "intake": "收案服务",
    "assignment": "交办服务",
    "evaluation": "评价服务",
    "console": "控制台",
}
# Each client would read all root certificates, many times a second while services start.
UNENCRYPTED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def service_label(service: str) -> str:
    return either(SERVICES[service], service)


@dataclass(frozen=True)
class Surroundings:
    """What all services share: the servers behind them and the ports they were given."""

    home: Home
    database_url: str
    nats_url: str
    ports: dict[str, int]

    @property
    def urls(self) -> dict[str, str]:
        return {service: f"http://127.0.0.1:{port}" for service, port in self.ports.items()}

    @property
    def environment(self) -> dict[str, str]:
        home = self.home
        each = {
            name: value
            for service in SERVICES
            for name, value in (
                (f"{service.upper()}_HOST", "127.0.0.1"),
                (f"{service.upper()}_PORT", str(self.ports[service])),
                (f"{service.upper()}_URL", self.urls[service]),
            )
        }
        return each | {
            "DATABASE_URL": self.database_url,
            "NATS_URL": self.nats_url,
            "TIAN_PUBLIC_KEY_FILE": str(home.public_key),
            "TIAN_PRIVATE_KEY_FILE": str(home.private_key),
            "TIAN_LOG_KEY_FILE": str(home.log_key),
            "TIAN_COMMIT": commit_here(),
            "TIAN_DISTRICTS": str(shipped("districts")),
            "CONSOLE_ACCOUNTS_FILE": str(home.accounts),
            "CONSOLE_DEMO_PASSWORD": DEMO_PASSWORD,
            "PYTHONUNBUFFERED": "1",
        }

    def program(self, service: str) -> Program:
        url = self.urls[service]

        async def is_ready() -> bool:
            return await answers(url)

        return Program(
            name=SERVICES[service],
            name_en=f"The {service} service",
            command=(sys.executable, "-m", service),
            log=self.log(service),
            ready=is_ready,
            environment=self.environment,
        )

    def log(self, name: str) -> Path:
        return self.home.logs / f"{name}.log"


async def answers(url: str, path: str = "/readyz") -> bool:
    """Whether a service of this machine says that it is ready."""
    try:
        async with httpx.AsyncClient(verify=UNENCRYPTED, timeout=2, trust_env=False) as client:
            return (await client.get(f"{url}{path}")).is_success
    except httpx.HTTPError:
        return False
