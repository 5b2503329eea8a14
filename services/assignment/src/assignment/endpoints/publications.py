"""What was issued and published of a case: for readers who have no more than that."""

from collections.abc import Sequence
from typing import Any

from assignment.projections.reading import CaseView, PartView
from contracts.assignment import ReplyIssued, ReplyPublished
from eventlog import Recorded

PUBLIC_FIELDS = (
    "unit",
    "role",
    "own",
    "reporting",
    "lead_unit",
    "dispatched_on",
    "due_on",
    "due_rule",
    "completed_on",
)
IN_THE_LETTER = ("document_number", "result_class", "openness", "contact_person")
EMPTY_UNLESS_TOLD = (
    *IN_THE_LETTER,
    "signed_on",
    "opinion_on",
    "opinion_waived",
    "replied_on",
    "satisfaction",
    "return_reason",
    "suggested_unit",
)


def as_published(case: CaseView, history: Sequence[Recorded]) -> CaseView:
    """The case with the parts that were published, and of those only what was."""
    published = publications(history)
    parts = [
        _published_part(part, *published[part.unit])
        for part in case.assignments
        if part.unit in published
    ]
    return CaseView(
        proposal_id=case.proposal_id,
        year=case.year,
        number=case.number,
        title=case.title,
        key=case.key,
        fabricated=case.fabricated,
        ended_reason=None,
        form=case.form,
        proposers=case.proposers,
        assignments=parts,
    )


def _published_part(part: PartView, letter: Recorded | None, published: Recorded) -> PartView:
    """The answer that was published, and nothing of an earlier or a later round."""
    told: dict[str, Any] = dict.fromkeys(EMPTY_UNLESS_TOLD)
    told |= {name: getattr(part, name) for name in PUBLIC_FIELDS}
    told |= {"state": "replied", "contacts": [], "published_on": published.data["published_on"]}
    told["handling_round"] = published.data["handling_round"]
    if letter is not None:
        said = {name: letter.data.get(name) for name in IN_THE_LETTER}
        told |= said | {"replied_on": letter.data["issued_on"]}
        told["drafts"] = letters_issued(part.unit, [letter])
    return PartView.model_validate(told)


def publications(history: Sequence[Recorded]) -> dict[str, tuple[Recorded | None, Recorded]]:
    """What each unit published last: the letter as it then stood, none for a summary; and the note of it."""
    issued: dict[tuple[str, int], Recorded] = {}
    published: dict[str, tuple[Recorded | None, Recorded]] = {}
    for each in history:
        if each.type == ReplyIssued.type:
            issued[each.data["unit"], each.data["handling_round"]] = each
        elif each.type == ReplyPublished.type:
            unit, handling_round = each.data["unit"], each.data["handling_round"]
            is_summary = each.data.get("summary_only", False)
            letter = None if is_summary else issued.get((unit, handling_round))
            published[unit] = (letter, each)
    return published


def letters_issued(unit: str, history: Sequence[Recorded]) -> list[dict[str, Any]]:
    """The letters that the unit issued, as they were issued, in the shape of versions of one."""
    issued = [
        each.data
        for each in history
        if each.type == ReplyIssued.type and each.data["unit"] == unit and each.data.get("points")
    ]
    return [_as_version(number, letter) for number, letter in enumerate(issued, start=1)]


def _as_version(number: int, letter: dict[str, Any]) -> dict[str, Any]:
    said = ("document_number", "result_class", "openness", "withheld_because", "contact_person")
    return {
        **{name: letter[name] for name in (*said, "addressees", "points") if name in letter},
        "version": number,
        "drafted_on": letter["issued_on"],
        "signed_by": None,
        "ruling": None,
        "findings": [],
    }
