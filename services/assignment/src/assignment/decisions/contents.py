"""What an answer has to contain, and what has to come before it, where the rulebook asks for it."""

from dataclasses import dataclass
from typing import ClassVar

from assignment.commands import IssueReply
from assignment.state import Assignment, Dispatched
from contracts.refusal import Refused
from contracts.vocabulary import Openness


@dataclass(frozen=True)
class Element:
    """Something that a letter has to contain, in both languages, and whether it does."""

    chinese: str
    english: str
    is_there: bool


class ReplyIncomplete(Refused):
    """答复缺少：{missing}。请补齐后再答复。"""

    english: ClassVar[str] = "The answer lacks: {missing_in_english}. Fill in what is missing."


class ContactsMissing(Refused):
    """“{unit}”在{issued_on}之前还缺少{stages}与提案人的联系记录。请先联系并记录；本人不需要走访的，如实记录即可。"""

    english: ClassVar[str] = (
        "{unit} has still to be in contact with the proposer up to {issued_on}, {stages_in_english}"
        " handling. Do so and record it; a visit that the proposer declines counts when recorded."
    )


class EvidenceMissing(Refused):
    """{result_class}类答复须有办理结果的佐证。请先在办理结果清单中登记佐证材料。"""

    english: ClassVar[str] = (
        "An answer of class {result_class} needs evidence. Enter it in the list of results first."
    )


class CommitmentMissing(Refused):
    """{result_class}类答复须有带日期的承诺事项。请先登记承诺。"""

    english: ClassVar[str] = (
        "An answer of class {result_class} needs a commitment with its date. Enter that first."
    )


def is_complete(command: IssueReply, part: Assignment, case: Dispatched) -> None:
    """Number, class, openness, contact person; and where asked, everything that a letter has."""
    missing = [element for element in elements_of(command, part, case) if not element.is_there]
    if missing:
        raise ReplyIncomplete(
            missing="、".join(each.chinese for each in missing),
            missing_in_english=", ".join(each.english for each in missing),
        )


def elements_of(command: IssueReply, part: Assignment, case: Dispatched) -> list[Element]:
    """What the answer has to contain, in the order of a letter, and whether it does."""
    elements = [
        Element("文号", "document number", bool(command.document_number)),
        Element("办理结果类别", "result class", bool(command.result_class)),
        Element("公开属性", "openness", bool(command.openness)),
        Element("联系人", "contact person", bool(command.contact_person)),
    ]
    if part.given.requirements.full_letter:
        elements += _elements_of_a_full_letter(command, part, case)
    return elements


def is_founded(command: IssueReply, part: Assignment, case: Dispatched) -> None:
    """What came before it: contacts in each stage, evidence, commitments."""
    contacts_were_made(command, part)
    evidence_is_there(command, part)
    commitments_are_there(command, part, case)


def contacts_were_made(command: IssueReply, part: Assignment) -> None:
    """Raises ContactsMissing."""
    had = {each.stage for each in part.contacts if each.contacted_on <= command.issued_on}
    lacking = [stage for stage in part.given.requirements.contacts if stage not in had]
    if lacking:
        raise ContactsMissing(
            unit=part.unit,
            issued_on=command.issued_on,
            stages="、".join(stage.chinese for stage in lacking),
            stages_in_english=" and ".join(stage.value for stage in lacking),
        )


def evidence_is_there(command: IssueReply, part: Assignment) -> None:
    """Raises EvidenceMissing."""
    has_evidence = any(each.evidence for each in part.results)
    if command.result_class in part.given.requirements.evidence_for and not has_evidence:
        raise EvidenceMissing(result_class=command.result_class)


def commitments_are_there(command: IssueReply, part: Assignment, case: Dispatched) -> None:
    """Raises CommitmentMissing."""
    asked = part.given.requirements.commitments_for
    if command.result_class in asked and not case.commitments_of(part.unit):
        raise CommitmentMissing(result_class=command.result_class)


def _elements_of_a_full_letter(
    command: IssueReply, part: Assignment, case: Dispatched
) -> list[Element]:
    elements: list[Element] = []
    if command.openness is Openness.WITHHELD:
        is_said = bool(command.withheld_because)
        elements.append(Element("不予公开的理由", "the reason why it is withheld", is_said))
    left_out = [name for name in case.proposers_of(part) if name not in command.addressees]
    is_addressed = bool(command.addressees) and not left_out
    english = f"addressees {', '.join(left_out)}".strip()
    elements.append(Element(f"称谓{'、'.join(left_out)}", english, is_addressed))
    answered = {point.number for point in command.points if point.answer.strip()}
    for number in (suggestion.number for suggestion in case.suggestions):
        chinese, english = f"对第{number}条建议的答复", f"an answer to suggestion {number}"
        elements.append(Element(chinese, english, number in answered))
    return elements
