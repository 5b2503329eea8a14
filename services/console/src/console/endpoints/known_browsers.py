"""The mark by which a browser is known that an account has signed in from before."""

import hmac
import secrets

from console.endpoints.accounts import Account


def new_mark(account: Account, private_key: str) -> str:
    """A mark that only this site can make; it opens nothing, and ends with the password."""
    number = secrets.token_urlsafe(16)
    return f"{number}.{_seal(number, account, private_key)}"


def known_browser(mark: str, account: Account | None, private_key: str) -> str | None:
    """The number in a mark that was made for this account; None for any other."""
    number, _, seal = mark.partition(".")
    if account is None or not seal:
        return None
    expected = _seal(number, account, private_key)
    return number if hmac.compare_digest(expected.encode(), seal.encode()) else None


def _seal(number: str, account: Account, private_key: str) -> str:
    said = f"known browser\n{account.username}\n{account.password_hash}\n{number}"
    return hmac.new(private_key.encode(), said.encode(), "sha256").hexdigest()
