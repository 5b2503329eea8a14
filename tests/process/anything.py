"""Any command at all, made from its own fields: a command that is added later is picked up by itself."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from random import Random
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from contracts.command import Command
from tests.intake.stories import ABOVE

M = TypeVar("M", bound=BaseModel)

PROPOSALS = ("p-1", "p-2", "p-3")
PEOPLE = ("陈一", "林二", "王三", "赵四")
UNITS = ("区教育局", "区财政局", "区卫生健康局")
WORDS = ("已经说明", "另行办理", "")
BY_NAME: dict[str, tuple[Any, ...]] = {
    "proposal_id": PROPOSALS,
    "into_proposal_id": PROPOSALS,
    "merged_proposal_id": PROPOSALS,
    "number": ("20240001", "20240002", "20240003"),
    "handed_down": (ABOVE,),
    "year": (2024,),
    "sha256": ("a" * 64, "b" * 64),
    "media_type": ("application/pdf",),
    "file_name": ("照片.pdf",),
    "size_bytes": (7,),
    "handling_round": (1, 2, 3),
    "result_class": ("A", "B"),
}


def any_of(model: type[M], at: datetime, chance: Random) -> M:
    """An instance of a model; what its constraints would turn away is left to the door."""
    fields: dict[str, Any] = {
        name: _value(name, field.annotation, at, chance)
        for name, field in model.model_fields.items()
        if name != "at"
    }
    if issubclass(model, Command):
        fields["at"] = at
    return model.model_construct(**fields)


def _value(name: str, annotation: Any, at: datetime, chance: Random) -> Any:
    known = [one for one in BY_NAME.get(name, ()) if annotation is not int or isinstance(one, int)]
    if known:
        return chance.choice(known)
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _value(name, arguments[0], at, chance)
    if get_origin(annotation) in {Union, UnionType}:
        return _value(name, chance.choice(arguments), at, chance)
    if get_origin(annotation) is tuple:
        several = range(chance.randint(1, 3))
        return tuple(dict.fromkeys(_value(name, arguments[0], at, chance) for _ in several))
    return _plain_value(name, annotation, at, chance)


def _plain_value(name: str, annotation: Any, at: datetime, chance: Random) -> Any:
    if annotation is type(None):
        return None
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return chance.choice(list(annotation))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return any_of(annotation, at, chance)
    if annotation is bool:
        return chance.choice((True, False))
    if annotation is date:
        return at.date() + timedelta(days=chance.choice((-1, 0, 0, 30)))
    if annotation is str:
        return chance.choice(_words(name))
    number = chance.randint(0, 3)
    return Decimal(number) if annotation is Decimal else number


def _words(name: str) -> tuple[str, ...]:
    if "unit" in name:
        return UNITS
    return PEOPLE if name in {"name", "proposers", "invited"} else WORDS
