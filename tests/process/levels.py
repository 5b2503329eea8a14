"""A city and a district in memory: the real rules of three services over two logs, and what crosses."""

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import assignment.subscribers
import evaluation.subscribers
import intake.subscribers
from assignment.commands import (
    AnswerReported,
    DispatchCase,
    IssueReply,
    Part,
    RecordContact,
    SignAssignment,
    TakeReport,
)
from contracts.command import Command
from contracts.directory import read_district
from contracts.event import Event
from contracts.refusal import Refused
from contracts.vocabulary import ContactManner, ContactStage, Openness, ProposalForm, Role
from evaluation.commands import AdoptRulebook
from eventlog import EventLog, Recorded
from hosting.bridging import Across, Crossing
from hosting.directories import Directories
from hosting.reacting import Occasion
from intake.commands import FileProposal, ReceiveProposal
from tests.process.districts import DIRECTORIES, District, finished

NOW = datetime(2024, 12, 2, 1, tzinfo=UTC)
CITY, DISTRICT = "shenzhen", "longgang"
LONGGANG, CITY_BUREAU = "龙岗区人民政府", "深圳市教育局"
EDUCATION, HEALTH = "区教育局", "区卫生健康局"
ABOVE, NUMBER = "p-57", "20240057"
RULEBOOKS = Path(__file__).parents[2] / "deploy/rulebooks"
E = TypeVar("E", bound=Event)


def directories() -> Directories:
    """Both agree that cases go from the one to the other."""
    city = read_district((DIRECTORIES / f"cities/{CITY}.toml").read_text("utf-8"))
    below = read_district((DIRECTORIES / f"{DISTRICT}.toml").read_text("utf-8"))
    agreed = below.model_copy(update={"takes_from": (CITY,)})
    return Directories({CITY: city, DISTRICT: agreed})


def crossings() -> Mapping[str, Mapping[type[Event], Crossing]]:
    """By service, as they are put together for real."""
    known = directories()
    return {
        "intake": intake.subscribers.crossings(known),
        "assignment": assignment.subscribers.crossings(known),
        "evaluation": evaluation.subscribers.crossings(known),
    }


@dataclass
class TwoLevels:
    """Two logs; what a service hears in the one may lead to commands in the other."""

    logs: dict[str, District] = field(
        default_factory=lambda: {CITY: District(code=CITY), DISTRICT: District(code=DISTRICT)}
    )
    crossings: Mapping[str, Mapping[type[Event], Crossing]] = field(default_factory=crossings)
    crossed: set[tuple[str, str, int]] = field(default_factory=set)

    async def read_stream(self, district: str, stream: str) -> list[Recorded]:
        """As crossings ask the log."""
        return await self.logs[district].read_stream(district, stream)

    def give(self, district: str, service: str, command: Command) -> None:
        """Decide a command, and let everybody hear of what follows. Raises Refused."""
        self.logs[district].give(service, command)
        self.settle()

    def settle(self) -> None:
        while any(self._heard(code) for code in self.logs):
            for log in self.logs.values():
                log.settle()

    def events(self, district: str, kind: type[E]) -> list[E]:
        return [event for event, _ in self.logs[district].log if isinstance(event, kind)]

    def state(self, district: str, stream: str) -> Any:
        return self.logs[district].states[stream]

    @property
    def dead_letters(self) -> list[type[Refused]]:
        return [type(refused) for log in self.logs.values() for _, refused in log.dead_letters]

    def _heard(self, code: str) -> bool:
        """Let every service hear what is new in a log and carry over what follows elsewhere."""
        is_new = False
        for service, by_event in self.crossings.items():
            for event, recorded in tuple(self.logs[code].log):
                if (code, service, recorded.position) in self.crossed:
                    continue
                self.crossed.add((code, service, recorded.position))
                is_new = True
                for across in self._across(by_event, event, recorded):
                    self.logs[across.district].react(service, across.command)
        return is_new

    def _across(
        self, by_event: Mapping[type[Event], Crossing], event: Event, recorded: Recorded
    ) -> Sequence[Across]:
        crossing = by_event.get(type(event))
        if crossing is None:
            return ()
        asked = crossing(event, Occasion(recorded, cast(EventLog, self)))
        return finished(cast(Coroutine[Any, Any, Sequence[Across]], asked))


def handed_down(*others: str, rulebook: str = "shenzhen-2024") -> TwoLevels:
    """The city dispatched a case to the district, split with others where there are any."""
    levels = filed_in_the_city(rulebook)
    dispatch(levels, CITY, ABOVE, LONGGANG, *others)
    return levels


def filed_in_the_city(rulebook: str = "shenzhen-2024") -> TwoLevels:
    """A proposal that the city has filed and not dispatched yet."""
    levels = TwoLevels()
    for code, name in ((CITY, rulebook), (DISTRICT, "shenzhen-2024")):
        text = (RULEBOOKS / f"{name}.toml").read_text(encoding="utf-8")
        levels.give(code, "evaluation", AdoptRulebook(at=NOW, year=2024, text=text))
    received = ReceiveProposal(
        at=NOW,
        proposal_id=ABOVE,
        year=2024,
        title="关于跨区共建少年宫的建议",
        form=ProposalForm.INDIVIDUAL,
        proposers=("委员甲",),
    )
    levels.give(CITY, "intake", received)
    levels.give(CITY, "intake", FileProposal(at=NOW, proposal_id=ABOVE, number=NUMBER))
    return levels


def dispatch(levels: TwoLevels, district: str, proposal_id: str, *units: str) -> None:
    """To one unit alone, or to several that each answer."""
    role = Role.SPLIT if len(units) > 1 else Role.SOLE
    _dispatch(levels, district, proposal_id, dict.fromkeys(units, role))


def join(levels: TwoLevels, *units: str) -> None:
    """The city bureau leads, the district joins, and so do these units of it."""
    roles = {CITY_BUREAU: Role.LEAD, LONGGANG: Role.CO}
    _dispatch(levels, CITY, ABOVE, roles)
    _dispatch(levels, DISTRICT, NUMBER, dict.fromkeys(units, Role.CO), lead_unit=CITY_BUREAU)


def _dispatch(
    levels: TwoLevels,
    district: str,
    proposal_id: str,
    roles: Mapping[str, Role],
    lead_unit: str | None = None,
) -> None:
    limits: dict[str, Any] = {"due_on": date(2024, 5, 31), "due_rule": "by-hand"}
    command = DispatchCase(
        at=NOW,
        proposal_id=proposal_id,
        year=2024,
        number=NUMBER,
        assignments=tuple(Part(unit=unit, role=role, **limits) for unit, role in roles.items()),
        lead_unit=lead_unit,
        proposers=("委员甲",),
        dispatched_on=date(2024, 3, 8),
    )
    levels.give(district, "assignment", command)


def sign(levels: TwoLevels, unit: str) -> None:
    told: dict[str, Any] = {"at": NOW, "proposal_id": NUMBER, "unit": unit}
    levels.give(DISTRICT, "assignment", SignAssignment(**told, signed_on=date(2024, 3, 13)))


def meet(levels: TwoLevels, unit: str) -> None:
    contact = RecordContact(
        at=NOW,
        proposal_id=NUMBER,
        unit=unit,
        stage=ContactStage.BEFORE,
        manner=ContactManner.VISIT,
        contacted_on=date(2024, 3, 20),
    )
    levels.give(DISTRICT, "assignment", contact)


def answer(levels: TwoLevels, unit: str, on: date, number: str = "深龙函〔2024〕7号") -> None:
    reply = IssueReply(
        at=NOW,
        proposal_id=NUMBER,
        unit=unit,
        document_number=number,
        result_class="A",
        openness=Openness.PUBLIC,
        contact_person="李工",
        issued_on=on,
    )
    levels.give(DISTRICT, "assignment", reply)


def answered_on_paper(levels: TwoLevels, on: date) -> None:
    """The city recorded an answer of the district that is in no log of the district."""
    report = TakeReport(
        at=NOW,
        proposal_id=ABOVE,
        unit=LONGGANG,
        lower_district=DISTRICT,
        lower_proposal_id=NUMBER,
        answer=AnswerReported(document_number="深龙函〔2024〕1号", result_class="C", issued_on=on),
    )
    levels.give(CITY, "assignment", report)


def work(levels: TwoLevels, unit: str) -> None:
    """The unit signs for the case, meets the proposer, and answers."""
    sign(levels, unit)
    meet(levels, unit)
    answer(levels, unit, date(2024, 4, 30))


def answered_below(
    *units: str, others: tuple[str, ...] = (), rulebook: str = "shenzhen-2024"
) -> TwoLevels:
    """The district dispatched the case to its own units, and all of them answered."""
    levels = handed_down(*others, rulebook=rulebook)
    dispatch(levels, DISTRICT, NUMBER, *units)
    for unit in units:
        work(levels, unit)
    return levels
