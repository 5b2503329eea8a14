"""Every environment variable that the console reads."""

import tempfile
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class PrivateKeyMissing(Exception):
    """Set TIAN_PRIVATE_KEY, or TIAN_PRIVATE_KEY_FILE to the file that holds the key (JWK, Ed25519)."""


class Settings(BaseSettings):
    """The console's settings; each field is the environment variable of the same name."""

    console_host: str = "127.0.0.1"
    console_port: int = 8080
    intake_url: str
    assignment_url: str
    evaluation_url: str
    tian_private_key: SecretStr = SecretStr("")
    tian_private_key_file: Path | None = None
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
        if key := self.tian_private_key.get_secret_value():
            return key
        if self.tian_private_key_file is None:
            raise PrivateKeyMissing
        return self.tian_private_key_file.read_text(encoding="utf-8")

    @property
    def demo_hint(self) -> str:
        """The password shown with the demo accounts; empty where there is no demo."""
        return self.console_demo_password.get_secret_value()

    @property
    def upload_limit_bytes(self) -> int:
        return self.console_upload_limit_mb * 1024 * 1024
