"""What people enter by hand for rules that no event decides, as claims of the year."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from contracts.figures import CaseNote
from evaluation.decisions.numbers import printed
from evaluation.decisions.scoring.counting import Entry
from evaluation.state import ClaimFact

_ENTRY = re.compile(r"item\.(?P<item>[a-z0-9]+([_-][a-z0-9]+)*)(@(?P<unit>.+))?")


def is_entry(figure: str) -> bool:
    """Whether a claim is an entry: "item.<id>" for the district, "item.<id>@<unit>" for a unit."""
    return _ENTRY.fullmatch(figure) is not None


def entries_of(claims: Iterable[ClaimFact]) -> Mapping[str, tuple[Entry, ...]]:
    """The latest entry for each rule and unit, whatever its source, by the id of the rule."""
    latest: dict[tuple[str, str], ClaimFact] = {}
    for claim in sorted(claims, key=lambda each: each.position):
        if found := _ENTRY.fullmatch(claim.figure):
            latest[found["item"], found["unit"] or ""] = claim
    by_item: defaultdict[str, list[Entry]] = defaultdict(list)
    for (item, unit), claim in sorted(latest.items(), key=lambda each: each[0]):
        by_item[item].append(Entry(claim.claimed, _note(claim, unit), unit))
    return {item: tuple(entries) for item, entries in by_item.items()}


def of_unit(entries: Mapping[str, tuple[Entry, ...]], unit: str) -> Mapping[str, tuple[Entry, ...]]:
    """What was entered for one unit."""
    chosen = {item: tuple(e for e in listed if e.unit == unit) for item, listed in entries.items()}
    return {item: listed for item, listed in chosen.items() if listed}


def _note(claim: ClaimFact, unit: str) -> CaseNote:
    amount, of_whom, of_whom_en = printed(claim.claimed), f"{unit}：" if unit else "", unit
    return CaseNote(
        proposal_id="",
        number="",
        title=claim.source,
        why=f"{of_whom}人工录入 {amount}",
        why_en=f"{of_whom_en}: {amount} entered by hand" if unit else f"{amount} entered by hand",
        positions=(claim.position,),
    )
