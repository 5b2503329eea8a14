"""Every formula once more, by plain counting over rows: slow, simple and written apart."""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from evaluation.state import AssignmentFact, ProposalFact

Row = dict[str, Any]
Terms = tuple[int, int]

SIGNING_DAYS = 10
MEANINGS = {"A": "solved", "B": "in_progress", "C": "blocked", "D": "reference"}


def rows_of(facts: list[AssignmentFact]) -> list[Row]:
    """The facts that reports count, as rows with yes, no or None for not known."""
    return [_row(fact) for fact in facts if fact.reporting and not fact.ended and fact.year == 2024]


def _row(fact: AssignmentFact) -> Row:
    manners = [contact.manner.value for contact in fact.contacts]
    stages = len({contact.stage for contact in fact.contacts})
    silence = False if fact.recorded_live else None
    no_contact = (
        None if "not_stated" in manners or not (fact.recorded_live or stages == 3) else False
    )
    return {
        "case": fact.proposal_id,
        "answers": fact.role.value != "co",
        "done": fact.completed_on is not None,
        "replied": fact.replied_on is not None,
        "on_time": fact.completed_on is not None and not fact.completed_on > fact.due_on,
        "rating": fact.satisfaction.value if fact.satisfaction else None,
        "forms": None if fact.forms is None else [form.value for form in fact.forms],
        "promises": fact.promises,
        "signed": True if fact.signed_on else silence,
        "signed_in_time": (fact.signed_on - fact.dispatched_on) <= timedelta(days=SIGNING_DAYS)
        if fact.signed_on
        else silence,
        "signed_by_its_day": _signed_by_its_day(fact),
        "meaning": MEANINGS.get(fact.result_class),
        "openness": fact.openness.value if fact.openness else None,
        "visited": True if "visit" in manners else no_contact,
        "spoken_to": True if "visit" in manners or "phone" in manners else no_contact,
        "declined": "not_needed" in manners and "visit" not in manners,
        "three": True if stages == 3 else silence,
        "waived": fact.opinion_waived,
    }


def _signed_by_its_day(fact: AssignmentFact) -> bool | None:
    """Against the day that was told; a ledger tells of none, and the rulebook's ten days stand in."""
    last_day = fact.sign_by
    if last_day is None and not fact.recorded_live:
        last_day = fact.dispatched_on + timedelta(days=SIGNING_DAYS)
    if last_day is None or not (fact.signed_on or fact.recorded_live):
        return None
    return bool(fact.signed_on and not fact.signed_on > last_day)


def _share(values: list[Any]) -> Terms:
    known = [value for value in values if value is not None]
    return len([value for value in known if value]), len(known)


def _by_case(rows: list[Row]) -> list[list[Row]]:
    cases = defaultdict(list)
    for row in rows:
        cases[row["case"]].append(row)
    return list(cases.values())


def _answering(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["answers"]]


def _replied(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["answers"] and row["replied"]]


def _co(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row["answers"] and not row["waived"]]


def _every(values: list[Any]) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def _some(values: list[Any]) -> bool | None:
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def _cases(rows: list[Row], key: str, whole: Callable[[list[Any]], bool | None] = _every) -> Terms:
    return _share([whole([row[key] for row in case]) for case in _by_case(rows)])


def _happy(rows: list[Row], *levels: str) -> list[bool]:
    return [row["rating"] in levels for row in rows]


def _rated(rows: list[Row]) -> list[Row]:
    return [row for row in _answering(rows) if row["rating"]]


def _class_means(row: Row, *meanings: str) -> bool | None:
    return None if row["meaning"] is None else row["meaning"] in meanings


def _promised(rows: list[Row], is_kept: Callable[[Any], bool]) -> Terms:
    given = [promise for row in _replied(rows) for promise in row["promises"] or ()]
    return len([promise for promise in given if is_kept(promise)]), len(given)


COUNTS: dict[str, Callable[[list[Row]], Terms]] = {
    "on_time_completion.by_case.v1": lambda rows: _cases(rows, "on_time"),
    "on_time_completion.by_answering_case.v1": lambda rows: _cases(_answering(rows), "on_time"),
    "on_time_completion.of_completed_cases.v1": lambda rows: _cases(
        [row for case in _by_case(rows) if all(r["done"] for r in case) for row in case], "on_time"
    ),
    "on_time_completion.by_assignment.v1": lambda rows: _share([r["on_time"] for r in rows]),
    "reply.by_answering_case.v1": lambda rows: _cases(_answering(rows), "replied"),
    "reply.by_assignment.v1": lambda rows: _share([r["replied"] for r in _answering(rows)]),
    "completion.by_answering_case.v1": lambda rows: _cases(_answering(rows), "replied"),
    "completion.by_case.v1": lambda rows: _cases(rows, "done"),
    "completion.by_solved_case.v1": lambda rows: _share(
        [
            _every([_class_means(row, "solved") if row["replied"] else False for row in case])
            for case in _by_case(_answering(rows))
        ]
    ),
    "signing.by_assignment.v1": lambda rows: _share([r["signed"] for r in rows]),
    "signing.on_time.by_assignment.v1": lambda rows: _share([r["signed_in_time"] for r in rows]),
    "signing.on_time.by_assignment.v2": lambda rows: _share([r["signed_by_its_day"] for r in rows]),
    "co_opinion.on_time.by_assignment.v1": lambda rows: _share([r["on_time"] for r in _co(rows)]),
    "co_opinion.on_time.by_case.v1": lambda rows: _cases(_co(rows), "on_time"),
    "satisfaction.by_rated_reply.v1": lambda rows: _share(_happy(_rated(rows), "satisfied")),
    "satisfaction.by_reply.v1": lambda rows: _share(_happy(_replied(rows), "satisfied")),
    "satisfaction.by_assignment.v1": lambda rows: _share(_happy(_answering(rows), "satisfied")),
    "satisfaction.by_rated_case.v1": lambda rows: _share(
        [all(_happy(case, "satisfied")) for case in _by_case(_rated(rows))]
    ),
    "satisfaction.by_answering_case.v1": lambda rows: _share(
        [all(_happy(case, "satisfied")) for case in _by_case(_answering(rows))]
    ),
    "satisfaction.by_form.v1": lambda rows: _share(
        [form == "satisfied" for row in _replied(rows) for form in row["forms"] or ()]
    ),
    "broad_satisfaction.by_rated_reply.v1": lambda rows: _share(
        _happy(_rated(rows), "satisfied", "basically_satisfied")
    ),
    "broad_satisfaction.by_reply.v1": lambda rows: _share(
        _happy(_replied(rows), "satisfied", "basically_satisfied")
    ),
    "form_return.by_reply.v1": lambda rows: _share([bool(r["rating"]) for r in _replied(rows)]),
    "solution.solved.by_reply.v1": lambda rows: _share(
        [_class_means(row, "solved") for row in _replied(rows)]
    ),
    "solution.solved_or_under_way.by_reply.v1": lambda rows: _share(
        [_class_means(row, "solved", "in_progress", "planned") for row in _replied(rows)]
    ),
    "publication.by_reply.v1": lambda rows: _share(
        [row["openness"] and row["openness"] == "public" for row in _replied(rows)]
    ),
    "publication.of_what_is_not_withheld.v1": lambda rows: _share(
        [
            row["openness"] and row["openness"] == "public"
            for row in _replied(rows)
            if row["openness"] != "withheld"
        ]
    ),
    "promise.kept.by_promise.v1": lambda rows: _promised(rows, lambda p: p.kept_on is not None),
    "promise.kept_on_time.by_promise.v1": lambda rows: _promised(
        rows, lambda p: p.kept_on is not None and not p.kept_on > p.due_on
    ),
    "meeting.face_to_face.by_answering_case.v1": lambda rows: _cases(
        _answering(rows), "visited", _some
    ),
    "meeting.with_calls.by_answering_case.v1": lambda rows: _cases(
        _answering(rows), "spoken_to", _some
    ),
    "visit.by_assignment.v1": lambda rows: _share(
        [row["visited"] for row in _answering(rows) if not row["declined"]]
    ),
    "contact.three_stages.by_assignment.v1": lambda rows: _share(
        [row["three"] for row in _answering(rows)]
    ),
}

COUNTS_OF_RECEIVED: dict[str, Callable[[list[ProposalFact]], Terms]] = {
    "filing.before_merging.v1": lambda proposals: (
        len([p for p in proposals if p.number or p.merged]),
        len(proposals),
    ),
    "filing.after_merging.v1": lambda proposals: (
        len([p for p in proposals if p.number and not p.merged]),
        len(proposals),
    ),
}
