"""What can be written into the log is bounded at the door, for it stays there for ever."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from assignment.commands import AssignmentCommand
from assignment.endpoints.dispatching import Dispatch, Release
from contracts.appraisal import FrozenSheet
from contracts.command import Day, Id, Line, OptionalLine, Words, Year
from contracts.ledger import LedgerRow
from evaluation.commands import AdoptRulebook, EvaluationCommand
from intake.commands import IntakeCommand, ReceiveProposal

DOORS: tuple[type[BaseModel], ...] = (
    *get_args(IntakeCommand),
    *get_args(AssignmentCommand),
    *get_args(EvaluationCommand),
    Dispatch,
    Release,
)
BARE = (str, int, date)


def bare(annotation: Any, metadata: object = None) -> Iterator[str]:
    """Name the parts of an annotation that take any text, number or day at all."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        # The reader of ledgers bounds each cell itself, so that a problem names the cell; a sheet
        # is computed by the service, and nobody hands one in.
        if annotation not in {LedgerRow, FrozenSheet}:
            yield from bare_fields(annotation)
    elif annotation in BARE and not metadata:
        yield annotation.__name__
    elif hasattr(annotation, "__metadata__"):
        yield from bare(annotation.__origin__, annotation.__metadata__)
    else:
        for part in get_args(annotation):
            yield from bare(part)


def bare_fields(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        for found in bare(field.annotation, field.metadata):
            yield f"{model.__name__}.{name}: {found}"


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_no_field_of_a_command_takes_just_any_text_number_or_day(door: type[BaseModel]) -> None:
    assert list(bare_fields(door)) == []


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_no_list_of_a_command_is_endless(door: type[BaseModel]) -> None:
    endless = [
        name
        for name, field in door.model_fields.items()
        if getattr(field.annotation, "__origin__", None) in {tuple, list}
        and not any(getattr(each, "max_length", None) for each in field.metadata)
    ]
    assert endless == []


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        (Line, "a\x00b"),
        (Line, "a\nb"),
        (Line, "a\x85b"),
        (Line, "\ud800"),
        (Line, " "),
        (Line, "字" * 201),
        (OptionalLine, "a\x00b"),
        (OptionalLine, "字" * 201),
        (Words, "a\x00b"),
        (Words, "a\x1bb"),
        (Words, "\udfff"),
        (Words, "字" * 20_001),
        (Id, ""),
        (Id, "a b"),
        (Id, "a/b"),
        (Id, "2024\x00"),
        (Id, "1" * 49),
        (Year, 1948),
        (Year, 10**12),
        (Day, date(1948, 12, 31)),
        (Day, date(2101, 1, 1)),
    ],
)
def test_what_the_log_could_not_bear_is_refused(kind: Any, bad: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(bad)


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        (Line, "关于“试办”的建议 😀"),
        (OptionalLine, ""),
        (Words, "第一段\n\t第二段\r\n" + "字"),
        (Id, "提〔2024〕1.2-3_甲"),
        (Year, 2024),
        (Day, date(2024, 2, 29)),
    ],
)
def test_what_officials_write_is_taken(kind: Any, good: object) -> None:
    assert TypeAdapter(kind).validate_python(good) == good


def test_a_proposal_has_a_bounded_number_of_proposers() -> None:
    fields = {"at": datetime(2024, 3, 1, tzinfo=UTC), "proposal_id": "p-1", "year": 2024}
    told = {**fields, "title": "试办", "form": "joint", "proposers": ["委员甲"] * 201}
    with pytest.raises(ValidationError):
        ReceiveProposal.model_validate(told)


@pytest.mark.parametrize("text", ["a = 1\x00", "字" * 200_001, "\ud800"])
def test_the_text_of_a_rulebook_is_bounded_too(text: str) -> None:
    with pytest.raises(ValidationError):
        AdoptRulebook(at=datetime(2024, 3, 1, tzinfo=UTC), year=2024, text=text)
