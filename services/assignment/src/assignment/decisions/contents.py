"""What an answer has to contain, and what has to come before it, where the rulebook asks for it."""

from typing import ClassVar

from assignment.commands import IssueReply
from assignment.state import Assignment, Dispatched
from contracts.refusal import Refused
from contracts.vocabulary import Openness

Missing = list[tuple[str, str]]


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
    wanted = {
        ("文号", "document number"): command.document_number,
        ("办理结果类别", "result class"): command.result_class,
        ("公开属性", "openness"): command.openness,
        ("联系人", "contact person"): command.contact_person,
    }
    missing = [names for names, value in wanted.items() if not value]
    if part.given.requirements.full_letter:
        missing += _missing_in_a_full_letter(command, part, case)
    if missing:
        raise ReplyIncomplete(
            missing="、".join(chinese for chinese, _ in missing),
            missing_in_english=", ".join(english for _, english in missing),
        )


def is_founded(command: IssueReply, part: Assignment, case: Dispatched) -> None:
    """What came before it: contacts in each stage, evidence, commitments."""
    asked = part.given.requirements
    had = {each.stage for each in part.contacts if each.contacted_on <= command.issued_on}
    if lacking := [stage for stage in asked.contacts if stage not in had]:
        raise ContactsMissing(
            unit=part.unit,
            issued_on=command.issued_on,
            stages="、".join(stage.chinese for stage in lacking),
            stages_in_english=" and ".join(stage.value for stage in lacking),
        )
    has_evidence = any(each.evidence for each in part.results)
    if command.result_class in asked.evidence_for and not has_evidence:
        raise EvidenceMissing(result_class=command.result_class)
    if command.result_class in asked.commitments_for and not case.commitments_of(part.unit):
        raise CommitmentMissing(result_class=command.result_class)


def _missing_in_a_full_letter(command: IssueReply, part: Assignment, case: Dispatched) -> Missing:
    missing: Missing = []
    if command.openness is Openness.WITHHELD and not command.withheld_because:
        missing.append(("不予公开的理由", "the reason why it is withheld"))
    left_out = [name for name in case.proposers_of(part) if name not in command.addressees]
    if left_out or not command.addressees:
        names = "、".join(left_out)
        missing.append((f"称谓{names}", f"addressees {', '.join(left_out)}".strip()))
    answered = {point.number for point in command.points if point.answer.strip()}
    for suggestion in case.suggestions:
        if suggestion.number not in answered:
            number = suggestion.number
            missing.append((f"对第{number}条建议的答复", f"an answer to suggestion {number}"))
    return missing
