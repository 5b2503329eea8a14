"""What assignment answers about one case, as far as its page shows it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from console.endpoints.answers import Answered, CaseState
from contracts.shown import Shown


class Contact(Answered):
    """One of the meetings with the proposer."""

    stage: str
    manner: str = ""
    contacted_on: date
    note: str = ""


class ShownAlert(Answered):
    """A reminder, warning or card that a unit was given."""

    level: str
    duty: str
    due_on: date
    raised_on: date


class ShownCommitment(Answered):
    """What a unit committed itself to, and the latest word on it."""

    commitment: int
    text: str = ""
    due_on: date | None = None
    standing: str = ""
    progress: str = ""
    evidence: str = ""
    reason: str = ""
    into_year: int | None = None


class ShownPoint(Answered):
    """What a letter says to one suggestion."""

    number: int
    answer: str = ""


class ShownDraft(Answered):
    """A version of an answer, with what was said of it."""

    version: int
    drafted_on: date
    document_number: str = ""
    result_class: str = ""
    openness: str | None = None
    withheld_because: str = ""
    contact_person: str = ""
    addressees: tuple[str, ...] = ()
    points: tuple[ShownPoint, ...] = ()
    signed_by: str | None = None
    ruling: str | None = None
    findings: tuple[str, ...] = ()


class ShownDelivery(Answered):
    """One proposer got the answer."""

    proposer: str
    handling_round: int = 1
    delivered_on: date


class ShownChasing(Answered):
    """The supervision office chased the unit."""

    manner: str
    chased_on: date
    note: str = ""


class WantedUnit(Answered):
    """A co-unit that the unit asked for."""

    unit: str
    reason: str = ""


class Suggestion(Answered):
    """One numbered point of the proposal."""

    number: int
    text: str


class ShownResult(Answered):
    """What came of one suggestion."""

    number: int
    answer: str
    evidence: str = ""
    state: str


class AssignmentCard(Answered):
    """What one unit has to do in a case, and how far it is."""

    unit: str
    role: str
    own: bool = True
    reporting: bool = True
    lead_unit: str | None = None
    state: str
    due_on: date | None = None
    due_rule: str = ""
    signed_on: date | None = None
    contacts: tuple[Contact, ...] = ()
    opinion_on: date | None = None
    opinion_waived: str | None = None
    replied_on: date | None = None
    document_number: str | None = None
    result_class: str | None = None
    openness: str | None = None
    contact_person: str | None = None
    handling_round: int = 1
    completed_on: date | None = None
    satisfaction: str | None = None
    return_reason: str | None = None
    suggested_unit: str | None = None
    first_due_on: date | None = None
    provisional: bool = False
    handler: str | None = None
    department: str | None = None
    step: str | None = None
    extension_until: date | None = None
    extension_reason: str | None = None
    suspended_on: date | None = None
    suspended_because: str | None = None
    published_on: date | None = None
    sign_by: date | None = None
    return_until: date | None = None
    opinion: str = ""
    opinion_sent_back: str | None = None
    opinion_accepted_on: date | None = None
    withheld_because: str = ""
    wanted: tuple[WantedUnit, ...] = ()
    drafts: tuple[ShownDraft, ...] = ()
    deliveries: tuple[ShownDelivery, ...] = ()
    chasings: tuple[ShownChasing, ...] = ()
    results: tuple[ShownResult, ...] = ()
    commitments: tuple[ShownCommitment, ...] = ()
    alerts: tuple[ShownAlert, ...] = ()
    lower_district: str | None = None
    lower_proposal_id: str | None = None

    def days_late(self, today: date) -> int:
        """Days past the limit at completion, or until today while the unit has yet to act."""
        is_waived = self.opinion_waived is not None
        is_over = self.state in {CaseState.RETURNED, CaseState.ENDED}
        if self.due_on is None or is_waived or is_over:
            return 0
        return max(((self.completed_on or today) - self.due_on).days, 0)


class ShownAbove(Answered):
    """The case of the upper level that this one is, and where it lies if it is kept here too."""

    upper_name: str
    upper: str | None = None
    upper_proposal_id: str | None = None
    number: str
    due_on: date


class CaseDetail(Answered):
    """A case with everybody's part in it."""

    proposal_id: str
    returns: int = 0
    ended_reason: str | None = None
    handed_down: ShownAbove | None = None
    proposers: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    assignments: tuple[AssignmentCard, ...] = ()
    shown: Shown | None = None

    @property
    def due_rules(self) -> tuple[str, ...]:
        """The codes of the rules that the limits come from, in the order of the parts."""
        return tuple(each.due_rule for each in self.assignments if each.due_rule)

    def part_of(self, unit: str) -> AssignmentCard | None:
        return next((each for each in self.assignments if each.unit == unit), None)


class Opening(Answered):
    """A command that would be accepted now, and what it is about."""

    command: str
    about: Mapping[str, str | int] = MappingProxyType({})


class CheckPoint(Answered):
    """One point of the check of an answer."""

    point: str
    point_en: str
    is_met: bool
    detail: str = ""
    detail_en: str = ""


class LetterCheck(Answered):
    """What the answer of a unit still lacks."""

    unit: str
    points: tuple[CheckPoint, ...] = ()
    is_ready: bool = False


class ClassChoice(Answered):
    """A result class of the year's rulebook."""

    code: str
    label: str = ""
    label_en: str = ""


class Openings(Answered):
    """What the visitor can do with the case now."""

    openings: tuple[Opening, ...] = ()
    letters: tuple[LetterCheck, ...] = ()
    result_classes: tuple[ClassChoice, ...] = ()

    def letter_of(self, unit: str) -> LetterCheck | None:
        return next((each for each in self.letters if each.unit == unit), None)


class MovedLimit(Answered):
    """The day that a limit would move to."""

    unit: str
    was_due_on: date
    due_on: date
    days: int
    working_days: int | None = None
    is_working_day: bool | None = None
