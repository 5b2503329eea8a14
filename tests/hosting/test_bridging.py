"""What crosses between two districts: only where both agree, and with ids that follow from the event."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID, uuid4

from contracts.assignment import AssignmentSigned
from contracts.directory import District, Unit, unit_for
from contracts.identity import Actor
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole
from eventlog import Handled, Handling, Intent, Recorded
from eventlog.recorded import Circumstances, CommandNote, Provenance, new_event
from hosting.bridging import Across, Bridge, LevelsDoNotAgree, lower_district
from hosting.directories import Directories
from hosting.reacting import Occasion, Reactions
from intake.commands import RevokeHandDown

NOW = datetime(2024, 3, 4, 1, tzinfo=UTC)
DOWN = Unit(name="龙岗区人民政府", aliases=("龙岗区",), district="longgang")
SIGNED = AssignmentSigned(proposal_id="p-57", unit=DOWN.name, signed_on=date(2024, 3, 4))


def city(*units: Unit) -> District:
    return District(code="shenzhen", name="深圳市", name_en="Shenzhen", units=units)


def district(*takes_from: str) -> District:
    return District(
        code="longgang",
        name="深圳市龙岗区",
        name_en="Longgang",
        units=(Unit(name="区教育局"),),
        takes_from=takes_from,
    )


def directories(upper: District, lower: District) -> Directories:
    return Directories({each.code: each for each in (upper, lower)})


@dataclass
class Noted:
    """Takes every command down and carries none out."""

    log: None = None
    given: list[tuple[str, Intent[Any]]] = field(default_factory=list)

    async def handle_many(self, code: str, intents: Sequence[Intent[Any]]) -> list[Handled]:
        self.given += [(code, intent) for intent in intents]
        return [Handled(1, 1) for _ in intents]


def recorded(event_id: UUID) -> Recorded:
    actor = Actor(subject="chen", name="陈科员", role=ActorRole.SUPERVISION, district="shenzhen")
    told = Circumstances(
        service="assignment",
        district="shenzhen",
        happened_at=NOW,
        recorded_at=NOW,
        provenance=Provenance(actor=actor, correlation_id=uuid4()),
        command=CommandNote(uuid4(), 1, None),
    )
    new = new_event(SIGNED, event_id=event_id, version=1, circumstances=told)
    return Recorded(
        district="shenzhen",
        position=7,
        stream=new.stream,
        version=1,
        event_id=event_id,
        type=new.type,
        body=new.body,
    )


def bridge(known: Directories, noted: Noted, *reasons: str) -> Bridge:
    async def cross(event: AssignmentSigned, occasion: Occasion) -> list[Across]:
        return [
            Across(
                "longgang",
                RevokeHandDown(
                    at=NOW, proposal_id="20240057", reason=reason, revoked_on=date(2024, 3, 4)
                ),
            )
            for reason in reasons
        ]

    reactions = Reactions(cast("Handling[Any, Any, Any]", noted), {})
    return Bridge(reactions, known, {AssignmentSigned: cross})


async def test_what_is_heard_again_is_given_again_under_the_same_ids() -> None:
    noted, event = Noted(), recorded(uuid4())
    crossing = bridge(directories(city(DOWN), district("shenzhen")), noted, "一", "二")
    await crossing([event])
    await crossing([event])
    ids = [intent.command_id for _, intent in noted.given]
    assert ids[:2] == ids[2:]
    assert len(set(ids)) == 2, "two commands of one event are two commands"
    await crossing([recorded(uuid4())])
    assert noted.given[4][1].command_id not in ids


async def test_the_other_log_learns_the_event_and_the_level_and_nobodys_name() -> None:
    noted, event = Noted(), recorded(uuid4())
    await bridge(directories(city(DOWN), district("shenzhen")), noted, "一")([event])
    ((code, intent),) = noted.given
    actor = intent.provenance.actor
    assert (code, actor.district, actor.role) == ("longgang", "longgang", ActorRole.SERVICE)
    assert "陈科员" not in actor.name
    assert intent.provenance.causation_id == event.event_id


async def test_nothing_crosses_unless_both_directories_say_so() -> None:
    elsewhere = DOWN.model_copy(update={"district": "yantian"})
    for upper, lower in (
        (city(DOWN), district()),
        (city(DOWN), district("guangzhou")),
        (city(elsewhere), district("shenzhen")),
        (city(), district("shenzhen")),
    ):
        noted = Noted()
        known = directories(upper, lower)
        refusals = await bridge(known, noted, "一")([recorded(uuid4())])
        assert noted.given == []
        assert isinstance(refusals[7], LevelsDoNotAgree)
        assert unit_for(upper, lower) is None
        assert lower_district(known, upper, DOWN.name) is None


async def test_a_level_that_is_gone_from_the_installation_holds_nothing_up() -> None:
    alone = Directories({"shenzhen": city(DOWN)})
    refusals = await bridge(alone, Noted(), "一")([recorded(uuid4())])
    assert [type(each) for each in refusals.values()] == [LevelsDoNotAgree]
    assert all(isinstance(each, Refused) for each in refusals.values())


def test_a_unit_is_found_by_its_short_name_too() -> None:
    known = directories(city(DOWN), district("shenzhen"))
    lower = lower_district(known, city(DOWN), "龙岗区")
    assert lower is not None
    assert lower.code == "longgang"
