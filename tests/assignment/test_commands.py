"""Who may give which command, and what a command looks like."""

from typing import get_args

import pytest
from pydantic import ValidationError

from assignment.app import OPEN_COMMANDS
from assignment.commands import (
    AssignmentCommand,
    CloseAssignment,
    DeclineReturn,
    DispatchCase,
    EndCase,
    GiveCoOpinion,
    GrantReturn,
    IssueReply,
    OpenHandlingRound,
    RecordContact,
    RecordHandlingHistory,
    RequestReturn,
    SignAssignment,
    WaiveCoOpinion,
)
from contracts.vocabulary import ActorRole
from tests.assignment.cases import AT, CASE, SIGNED_ON, ask, dispatch, sign


def test_each_command_is_given_by_those_whose_business_it_is() -> None:
    unit, supervision, service = ActorRole.UNIT, ActorRole.SUPERVISION, ActorRole.SERVICE
    for ruling in (DispatchCase, GrantReturn, DeclineReturn, WaiveCoOpinion):
        assert ruling.may == {supervision}
    for acting in (SignAssignment, RequestReturn, RecordContact, GiveCoOpinion, IssueReply):
        assert acting.may == {unit, supervision}
    assert CloseAssignment.may == {supervision, service}
    for following in (OpenHandlingRound, EndCase, RecordHandlingHistory):
        assert following.may == {service}


def test_what_only_follows_from_other_events_is_not_asked_for_over_http() -> None:
    assert not {OpenHandlingRound, EndCase, RecordHandlingHistory} & {*OPEN_COMMANDS}


def test_what_a_unit_may_ask_names_the_unit_so_that_it_asks_only_for_itself() -> None:
    for command in get_args(AssignmentCommand):
        assert ActorRole.UNIT not in command.may or "unit" in command.model_fields


def test_a_misspelled_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        SignAssignment.model_validate(
            {"at": AT, "proposal_id": CASE, "unit": "区教育局", "signed": SIGNED_ON}
        )


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        sign(at=AT.replace(tzinfo=None))


def test_a_case_is_dispatched_to_somebody() -> None:
    with pytest.raises(ValidationError):
        dispatch()


def test_spaces_around_what_is_typed_in_do_not_count() -> None:
    assert sign(" 区教育局 ").unit == "区教育局"
    assert ask(reason=" \n ").reason == ""
