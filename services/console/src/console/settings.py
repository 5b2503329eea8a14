"""Every environment variable that the console reads."""

import tempfile
from pathlib import Path

from pydantic import Field, SecretStr

from hosting.settings import FileSettings


class Settings(FileSettings):
    """The console's settings; each field is the environment variable of the same name."""

    console_host: str = "127.0.0.1"
    console_port: int = 8080
    intake_url: str
    assignment_url: str
    evaluation_url: str
    tian_private_key: SecretStr = Field(description="Ed25519 private key, a JWK in JSON")
    console_accounts_file: Path
    console_demo_password: SecretStr = SecretStr("")
    console_secure_cookies: bool = Field(
        default=False, description="Send cookies over HTTPS only; set it wherever TLS is used"
    )
    console_uploads: Path = Field(
        default_factory=lambda: Path(tempfile.gettempdir()) / "tian-console",
        description="Where an uploaded ledger waits between its check and its import",
    )
    console_upload_limit_mb: int = 20
    console_timeout_seconds: float = 30

    @property
    def private_key(self) -> str:
        return self.tian_private_key.get_secret_value()

    @property
    def demo_hint(self) -> str:
        """The password shown with the demo accounts; empty where there is no demo."""
        return self.console_demo_password.get_secret_value()

    @property
    def upload_limit_bytes(self) -> int:
        return self.console_upload_limit_mb * 1024 * 1024
