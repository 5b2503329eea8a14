"""Stories of a district: whatever people ask, in whatever order three services hear of it."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, ClassVar, get_args

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from assignment.commands import (
    AssignmentCommand,
    EndCase,
    JoinProposers,
    Part,
    RecordHandlingHistory,
    ReopenCase,
)
from assignment.state import Ended
from contracts.assignment import (
    AssignmentDispatched,
    CoOpinionGiven,
    CoOpinionWaived,
    ReplyIssued,
    ReturnGranted,
)
from contracts.command import Command
from contracts.evaluation import ReplyRated
from contracts.event import Event
from contracts.intake import ProposalMerged, ProposalReceived, ProposalWithdrawn
from contracts.proposing import ProposalCosigned
from contracts.refusal import Refused
from contracts.vocabulary import ActorRole, Openness, ProposalForm, Role
from evaluation.commands import AdoptRulebook, ClaimFigure, EvaluationCommand
from evaluation.state import Nothing
from intake.commands import (
    AdoptClue,
    IntakeCommand,
    MergeProposal,
    RecordLedgerImport,
    RecordLedgerRow,
    TakeIn,
    UndoMerge,
    WithdrawProposal,
)
from intake.state import Merged, Withdrawn, known_proposal
from tests.process.anything import PEOPLE, PROPOSALS, UNITS, any_of
from tests.process.districts import District

seeds = st.integers(0, 2**32)

FIRST = datetime(2024, 3, 1, 1, tzinfo=UTC)
SERVICES = ("intake", "assignment", "evaluation")
# What a service gives itself nobody can ask for; the reactions give it.
ELSEWHERE = {
    AdoptClue,
    AdoptRulebook,
    ClaimFigure,
    RecordHandlingHistory,
    RecordLedgerImport,
    RecordLedgerRow,
    TakeIn,
}
COMMANDS: tuple[tuple[str, type[Command]], ...] = tuple(
    (service, command)
    for service, union in zip(
        SERVICES, (IntakeCommand, AssignmentCommand, EvaluationCommand), strict=True
    )
    for command in get_args(union)
    if command not in ELSEWHERE and command.may != {ActorRole.SERVICE}
)
ALSO_DONE = {"MergeProposal", "WithdrawProposal", "StatePublicationConsent"}
LAST_DAY = date(2024, 12, 31)
WRITTEN = {
    "proposers": (PEOPLE[0],),
    "form": ProposalForm.INDIVIDUAL,
    "collective": None,
    "body": "一、情况……二、建议……",
}
LETTER = {
    "unit": UNITS[0],
    "document_number": "甲",
    "result_class": "A",
    "contact_person": "李老师",
    "openness": Openness.PUBLIC,
}
ROLES = ((Role.LEAD, Role.CO), (Role.LEAD, Role.CO), (Role.LEAD, Role.LEAD))
COURSE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("intake", "SaveDraft", WRITTEN),
    ("intake", "OpenCosigning", {"invited": PEOPLE[1:3], "closes_on": LAST_DAY}),
    ("intake", "CosignProposal", {"name": PEOPLE[1]}),
    ("intake", "CosignProposal", {"name": PEOPLE[2]}),
    ("intake", "SubmitProposal", {"reviewed_twice": False}),
    ("intake", "FileProposal", {}),
    ("assignment", "DispatchCase", {}),
    ("assignment", "SignAssignment", {"unit": UNITS[0]}),
    ("assignment", "RecordContact", {"unit": UNITS[0]}),
    ("assignment", "SignAssignment", {"unit": UNITS[1]}),
    ("assignment", "GiveCoOpinion", {"unit": UNITS[1]}),
    ("assignment", "IssueReply", LETTER),
    ("evaluation", "RateReply", {"unit": UNITS[0], "by_proxy": False}),
)


class AnyDistrict(RuleBasedStateMachine):
    """Three proposals, of which people ask whatever comes to their minds, in any service."""

    done: ClassVar[Counter[type[Command]]] = Counter()
    tried: ClassVar[Counter[type[Command]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.district = District(on_event=self.holds)
        self.events: list[Event] = []
        self.now = FIRST
        self.steps = Counter[str]()

    def give(self, service: str, command: Command) -> None:
        self.tried[type(command)] += 1
        try:
            if self.district.give(service, command):
                self.done[type(command)] += 1
        except Refused as refusal:
            self.speaks(refusal)

    def speaks(self, refusal: Refused) -> None:
        assert refusal.chinese
        assert refusal.in_english

    @rule(seed=seeds, many=st.integers(1, 12))
    def people_ask_anything(self, seed: int, many: int) -> None:
        chance = Random(seed)
        for _ in range(many):
            service, command_class = chance.choice(COMMANDS)
            if command_class is not MergeProposal:
                self.give(service, any_of(command_class, self.now, chance))

    @rule(
        seed=seeds,
        proposal_id=st.sampled_from(PROPOSALS),
        steps=st.integers(1, len(COURSE)),
        left_out=st.integers(0, 3 * len(COURSE)),
    )
    def a_case_goes_its_way(self, seed: int, proposal_id: str, steps: int, left_out: int) -> None:
        """As it should, but for a step that somebody may leave out."""
        chance = Random(seed)
        for _ in range(steps):
            step = self.steps[proposal_id] % len(COURSE)
            self.steps[proposal_id] += 1
            if step != left_out:
                self._take(chance, proposal_id, COURSE[step])

    def _take(
        self, chance: Random, proposal_id: str, step: tuple[str, str, dict[str, Any]]
    ) -> None:
        service, name, facts = step
        command_class = next(each for _, each in COMMANDS if each.__name__ == name)
        command = any_of(command_class, self.now, chance)
        fitting = {"proposal_id": proposal_id} | self._dates(command) | facts
        match name:
            case "DispatchCase":
                parts = tuple(
                    Part(unit=unit, role=role, due_on=LAST_DAY, due_rule="r")
                    for unit, role in zip(UNITS, chance.choice(ROLES), strict=False)
                )
                fitting |= {"assignments": parts, "lead_unit": None}
            case "FileProposal":
                fitting |= {"number": f"2024000{proposal_id[-1]}"}
            case "RateReply":
                self.district.hear("evaluation", chance.choice((0, 100, 100)))
            case _:
                pass
        self.give(service, command.model_copy(update=fitting))

    def _dates(self, command: Command) -> dict[str, Any]:
        return {
            name: self.now.date()
            for name in type(command).model_fields
            if name.endswith("_on") and name != "due_on"
        }

    @rule(
        proposal_id=st.sampled_from(PROPOSALS),
        into=st.sampled_from(PROPOSALS),
    )
    def the_committee_merges(self, proposal_id: str, into: str) -> None:
        """The edge lets nothing be merged into what is not there or is over, as intake shows it."""
        target = known_proposal(self.district.states.get(f"proposal-{into}", Nothing()))
        if type(target).__name__ in {"Received", "FirstReviewed", "Returned", "Filed"}:
            command = MergeProposal(at=self.now, proposal_id=proposal_id, into_proposal_id=into)
            self.give("intake", command)

    @rule(proposal_id=st.sampled_from(PROPOSALS))
    def the_proposer_withdraws(self, proposal_id: str) -> None:
        self.give(
            "intake", WithdrawProposal(at=self.now, proposal_id=proposal_id, reason="不再需要")
        )

    @rule(
        service=st.sampled_from(SERVICES),
        count=st.integers(1, 6),
        again=st.sampled_from((0, 0, 0, 2)),
    )
    def a_service_hears_of_what_happened(self, service: str, count: int, again: int) -> None:
        self.district.hear(service, count, again)

    @rule(days=st.integers(1, 5))
    def time_goes_by(self, days: int) -> None:
        self.now += timedelta(days=days)

    def holds(self, event: Event) -> None:
        self.events.append(event)
        match event:
            case AssignmentDispatched() | ReturnGranted():
                self.no_two_leads(event.proposal_id)
            case ReplyIssued():
                self.no_answer_before_its_opinions(event)
            case ReplyRated():
                self.no_rating_without_an_answer(event)
            case ProposalReceived() | ProposalMerged():
                self.no_lost_cosigner(event)
            case _:
                pass

    def no_two_leads(self, proposal_id: str) -> None:
        leading: set[str] = set()
        for event in self.events:
            match event:
                case AssignmentDispatched(role=Role.LEAD, unit=unit) if (
                    event.proposal_id == proposal_id
                ):
                    leading.add(unit)
                case ReturnGranted(unit=unit) if event.proposal_id == proposal_id:
                    leading.discard(unit)
                case _:
                    pass
        assert len(leading) <= 1, "two open leads"

    def no_answer_before_its_opinions(self, reply: ReplyIssued) -> None:
        waited_for: set[str] = set()
        for event in self.events:
            match event:
                case AssignmentDispatched(role=Role.CO, unit=unit) if (
                    event.proposal_id == reply.proposal_id
                ):
                    waited_for.add(unit)
                case CoOpinionGiven() | CoOpinionWaived() | ReturnGranted() if (
                    event.proposal_id == reply.proposal_id
                ):
                    waited_for.discard(event.unit)
                case _:
                    pass
        assert not waited_for, "an answer before its co-opinions"

    def no_rating_without_an_answer(self, rated: ReplyRated) -> None:
        whose = (rated.proposal_id, rated.unit, rated.handling_round)
        assert any(
            isinstance(event, ReplyIssued)
            and (event.proposal_id, event.unit, event.handling_round) == whose
            for event in self.events
        ), "a rating without an answer"

    def no_lost_cosigner(self, event: ProposalReceived | ProposalMerged) -> None:
        signed = {
            each.name
            for each in self.events
            if isinstance(each, ProposalCosigned) and each.proposal_id == event.proposal_id
        }
        assert signed <= set(event.proposers), "a lost co-signer"

    def teardown(self) -> None:
        """When everybody has heard of everything, whoever signed is to be answered somewhere."""
        self.district.settle()
        for event in self.events:
            match event:
                case ProposalMerged():
                    self.merged_proposers_are_to_be_answered(event)
                    self.handling_goes_by_the_merge(event.proposal_id)
                case ProposalWithdrawn():
                    self.handling_has_ended(event.proposal_id)
                case _:
                    pass

    def merged_proposers_are_to_be_answered(self, merged: ProposalMerged) -> None:
        """Or the merge was undone, because the target was given up before it heard of it."""
        told = {type(command) for command, _ in self.district.dead_letters}
        assert not told & {TakeIn, UndoMerge, JoinProposers, ReopenCase}, "a merge in a dead letter"
        source = self.district.states[f"proposal-{merged.proposal_id}"]
        if not isinstance(source, Merged) or source.into_proposal_id != merged.into_proposal_id:
            return
        target = known_proposal(self.district.states[f"proposal-{merged.into_proposal_id}"])
        assert target is not None
        assert set(merged.proposers) <= set(target.proposal.everybody), "a lost co-signer"

    def handling_goes_by_the_merge(self, proposal_id: str) -> None:
        """Ended where the proposal is merged; where the merge was undone, it is open again."""
        match self.district.states[f"proposal-{proposal_id}"]:
            case Merged() | Withdrawn():
                self.handling_has_ended(proposal_id)
            case _:
                case = self.district.states.get(f"case-{proposal_id}")
                assert not isinstance(case, Ended), "ended for nothing"

    def handling_has_ended(self, proposal_id: str) -> None:
        """Or it was finished before assignment heard of it, which a dead letter says."""
        told = [
            command
            for command, _ in self.district.dead_letters
            if isinstance(command, EndCase) and command.proposal_id == proposal_id
        ]
        case = self.district.states.get(f"case-{proposal_id}")
        assert told or isinstance(case, Ended), "handled for nobody"


def run(examples: int, number: int = 0, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    stories = seed(number)(type("Stories", (AnyDistrict,), {}))
    run_state_machine_as_test(
        stories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            database=None,
            print_blob=False,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def is_dull() -> bool:
    """Some command was never given, or some step of the usual course never taken."""
    done = {command.__name__ for command, times in AnyDistrict.done.items() if times}
    everything = {name for _, name, _ in COURSE} | ALSO_DONE
    return set(AnyDistrict.tried) != {command for _, command in COMMANDS} or not everything <= done
