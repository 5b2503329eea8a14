"""Formulas of the contacts with proposers: talks, visits, and the three of them (三见面)."""

from collections.abc import Callable

from contracts.vocabulary import ContactManner, ContactStage
from evaluation.decisions import wording
from evaluation.decisions.rates.formula import Formula, Measured, Tally, Thing, any_of, tallied
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.rates.saying import ANSWERING_CASES, ANSWERING_CASES_EN, APART, APART_EN
from evaluation.state import AssignmentFact

VISITS = frozenset({ContactManner.VISIT})
VISITS_AND_CALLS = VISITS | {ContactManner.PHONE}


def met_face_to_face_by_answering_case(measured: Measured) -> Tally:
    return _by_case(measured, lambda fact: was_met(fact, VISITS))


def met_or_called_by_answering_case(measured: Measured) -> Tally:
    return _by_case(measured, lambda fact: was_met(fact, VISITS_AND_CALLS))


def visited_by_assignment(measured: Measured) -> Tally:
    return tallied(
        Thing(was_met(each, VISITS), case.note((each,), wording.contacted, "contacted"))
        for case in measured.cases
        for each in case.answers
        if not declined_visits(each)
    )


def contacted_three_times_by_assignment(measured: Measured) -> Tally:
    return tallied(
        Thing(was_contacted_at_all_stages(each), case.note((each,), wording.contacted, "contacted"))
        for case in measured.cases
        for each in case.answers
    )


def was_met(fact: AssignmentFact, manners: frozenset[ContactManner]) -> bool | None:
    """Whether a contact was of one of these manners; None where what is recorded does not say."""
    held = {each.manner for each in fact.contacts}
    if held & manners:
        return True
    is_told = fact.recorded_live or len(_stages(fact)) == len(ContactStage)
    return False if is_told and ContactManner.NOT_STATED not in held else None


def declined_visits(fact: AssignmentFact) -> bool:
    """Whether the proposer said that no visit was needed, and none was made."""
    held = {each.manner for each in fact.contacts}
    return ContactManner.NOT_NEEDED in held and not held & VISITS


def was_contacted_at_all_stages(fact: AssignmentFact) -> bool | None:
    if len(_stages(fact)) == len(ContactStage):
        return True
    return False if fact.recorded_live else None


def _stages(fact: AssignmentFact) -> set[ContactStage]:
    return {each.stage for each in fact.contacts}


def _by_case(measured: Measured, is_met: Callable[[AssignmentFact], bool | None]) -> Tally:
    return tallied(
        Thing(
            any_of([is_met(each) for each in case.answers]),
            case.note(case.answers, wording.contacted, "contacted"),
        )
        for case in measured.cases
        if case.answers
    )


FORMULAS = (
    Formula(
        id="meeting.face_to_face.by_answering_case.v1",
        rate=RateName.MEETING,
        text="面商率＝与提案人当面沟通过至少一次的提案件数÷应答复的提案件数。电话不算。",
        text_en="Cases with at least one contact face to face ÷ cases to be answered. Calls do"
        " not count.",
        counted=ANSWERING_CASES + APART,
        counted_en=ANSWERING_CASES_EN + " " + APART_EN.strip(),
        tally=met_face_to_face_by_answering_case,
    ),
    Formula(
        id="meeting.with_calls.by_answering_case.v1",
        rate=RateName.MEETING,
        text="面商率＝与提案人当面或电话沟通过至少一次的提案件数÷应答复的提案件数。",
        text_en="Cases with at least one contact face to face or by telephone ÷ cases to be"
        " answered.",
        counted=ANSWERING_CASES + APART,
        counted_en=ANSWERING_CASES_EN + " " + APART_EN.strip(),
        tally=met_or_called_by_answering_case,
    ),
    Formula(
        id="visit.by_assignment.v1",
        rate=RateName.VISIT,
        text="走访率＝走访过提案人的交办件÷应走访的交办件。提案人提出不需要走访的，不算应走访。",
        text_en="Assignments whose proposer was visited ÷ assignments with a visit to make. Where"
        " the proposer said that no visit was needed, none is to be made.",
        counted="独办、主办、分办的交办件，按单位分别计；会办不计。" + APART,
        counted_en="Assignments in a sole, lead or split role, each unit by itself; co-handling is"
        " not counted. " + APART_EN.strip(),
        tally=visited_by_assignment,
    ),
    Formula(
        id="contact.three_stages.by_assignment.v1",
        rate=RateName.CONTACT,
        text="三见面率＝办前、办中、办后都与提案人联系过的交办件÷应答复的交办件。联系的方式不限。",
        text_en="Assignments with contacts before, during and after handling ÷ assignments to be"
        " answered. Any manner of contact counts.",
        counted="独办、主办、分办的交办件，按单位分别计；会办不计。" + APART,
        counted_en="Assignments in a sole, lead or split role, each unit by itself; co-handling is"
        " not counted. " + APART_EN.strip(),
        tally=contacted_three_times_by_assignment,
    ),
)
