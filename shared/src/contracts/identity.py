"""Who acts: the signed token that goes with every request (role, district, unit)."""

import json
from datetime import datetime, timedelta
from functools import lru_cache

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from pydantic import BaseModel, ConfigDict, ValidationError

from contracts.vocabulary import ActorRole

ALGORITHM = "Ed25519"
ALL_DISTRICTS = "*"


class Actor(BaseModel):
    """A person or service, in the capacity in which it acts.

    `also_reads` are districts beside its own that it may look at, and act in nowhere.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    subject: str
    name: str
    role: ActorRole
    district: str
    unit: str | None = None
    also_reads: tuple[str, ...] = ()

    def is_of(self, district: str) -> bool:
        return self.district in {district, ALL_DISTRICTS}

    def reads(self, district: str) -> bool:
        return self.is_of(district) or district in self.also_reads

    @property
    def is_of_a_city(self) -> bool:
        """Whether it may look at more than one district."""
        return self.district == ALL_DISTRICTS or bool({*self.also_reads} - {self.district})


class NotSignedIn(Exception):
    """请先登录：请求没有带有效的身份令牌。 / Sign in first: the request carries no valid token."""


class MayNot(Exception):
    """您的岗位、单位或所在区无权办理此事，请换用有权的账号。 / Your role, unit or district may not do this; sign in as somebody who may."""


def new_key() -> str:
    """Make an Ed25519 key pair, as a private JWK in JSON."""
    return json.dumps(OKPKey.generate_key("Ed25519", private=True).as_dict(private=True))


def public_part(private_key: str) -> str:
    return json.dumps(OKPKey.import_key(json.loads(private_key)).as_dict(private=False))


def issue_token(actor: Actor, private_key: str, *, at: datetime, valid: timedelta) -> str:
    """Sign a token (JWT, RFC 7519; EdDSA, RFC 8037) that says who acts until `at + valid`."""
    claims = {
        **actor.model_dump(mode="json"),
        "iat": int(at.timestamp()),
        "exp": int((at + valid).timestamp()),
    }
    return jwt.encode(
        {"alg": ALGORITHM}, claims, OKPKey.import_key(json.loads(private_key)), [ALGORITHM]
    )


def read_token(token: str, public_key: str, *, at: datetime) -> Actor:
    """Verify signature and time of a token. Raises NotSignedIn for anything that is not valid."""
    try:
        actor, valid_until = _verified(token, public_key)
    except (JoseError, ValueError, KeyError, TypeError, ValidationError) as error:
        raise NotSignedIn from error
    if valid_until < at.timestamp():
        raise NotSignedIn
    return actor


# The same token comes with every request of a visit; what was verified once stays what it was.
@lru_cache(maxsize=4096)
def _verified(token: str, public_key: str) -> tuple[Actor, float]:
    """The actor of a token, and until when it is valid, in seconds of POSIX time."""
    claims = jwt.decode(token, OKPKey.import_key(json.loads(public_key)), [ALGORITHM]).claims
    return Actor.model_validate(claims), float(claims["exp"])
