"""The measured part of coordination: letters sent back, late contacts, slow co-opinions."""

from collections.abc import Iterable, Sequence

from annual_summary.facts import Part, YearCase, YearFacts
from annual_summary.model import Said, SummaryField
from annual_summary.numerals import listed, mean
from annual_summary.sentences import Pages, field, literal, numbers_of, say

Found = Sequence[tuple[YearCase, Part]]

FROM_THE_LOG = "按日志逐件计，各件所依据的日志位次见系统。"


def coordination(facts: YearFacts) -> list[Said]:
    """A sentence for each of these that there was any of; contacts also where none came late."""
    pages = Pages(facts.figures)
    return [
        *_sent_back(facts, pages),
        *_contacts(facts, pages),
        *_slow_opinions(facts, pages),
        *_opinions_sent_back(facts, pages),
    ]


def _sent_back(facts: YearFacts, pages: Pages) -> list[Said]:
    found = [(case, part) for case, part in _own(facts) if part.drafts_sent_back]
    if not found:
        return []
    times = sum(part.drafts_sent_back for _, part in found)
    return [
        say(
            "drafts_sent_back",
            "答复稿经审核退回修改{times}次，涉及{cases}件：" + _named(found) + "。",
            times=_count("drafts_sent_back_times", times, ("退改次数", "times"), found, pages),
            cases=_cases("drafts_sent_back", found, pages),
        )
    ]


def _contacts(facts: YearFacts, pages: Pages) -> list[Said]:
    """How soon the proposers were heard; and those who were heard only when the answer was ready."""
    met = [
        (case, part, (part.first_contact_on - part.dispatched_on).days)
        for case, part in _own(facts)
        if part.role.answers_the_proposer and part.first_contact_on is not None
    ]
    if not met:
        return []
    days = [each for _, _, each in met]
    slowest = max(met, key=lambda each: (each[2], each[0].number))
    found = [(case, part) for case, part, _ in met]
    late = [(case, part) for case, part in found if _is_late(part)]
    how_many = (
        "答复当天或者答复以后才首次联系的有{late}份：" + _named(late)
        if late
        else "没有到答复时才首次联系的"
    )
    fields = {
        "mean": field(
            "contacts_mean_days",
            mean(sum(days), len(days)),
            ("首次联系的平均天数", "Mean days to the first contact"),
            "自交办之日起到首次与提案人联系，按自然日、按承办单位分别计。",
            cases=numbers_of(case for case, _ in found),
            path=pages.cases(),
        ),
        "longest": _count(
            "contacts_longest_days",
            slowest[2],
            ("首次联系的最长天数", "Most days to the first contact"),
            [(slowest[0], slowest[1])],
            pages,
        ),
    }
    if late:
        fields["late"] = _count(
            "late_contacts",
            len(late),
            ("到答复时才首次联系", "First contact only then"),
            late,
            pages,
        )
    return [
        say(
            "contacts",
            "与提案人首次联系，距交办平均{mean}天，最长{longest}天"
            f"（第{literal(slowest[0].number)}号）；{how_many}。",
            **fields,
        )
    ]


def _is_late(part: Part) -> bool:
    return (
        part.completed_on is not None
        and part.first_contact_on is not None
        and part.first_contact_on >= part.completed_on
    )


def _slow_opinions(facts: YearFacts, pages: Pages) -> list[Said]:
    """Co-opinions that a lead unit got late, of all co-units, whether the district reports them or not."""
    found = [
        (case, part)
        for case in facts.cases
        for part in case.co_units
        if not part.opinion_waived and part.days_left is not None and part.days_left < 0
    ]
    if not found:
        return []
    label = ("逾期的会办意见", "Late co-opinions")
    return [
        say(
            "slow_opinions",
            "会办意见逾期交出的有{count}份：" + _named(found) + "。",
            count=_count("slow_opinions", len(found), label, found, pages),
        )
    ]


def _opinions_sent_back(facts: YearFacts, pages: Pages) -> list[Said]:
    found = [
        (case, part) for case in facts.cases for part in case.co_units if part.opinions_sent_back
    ]
    if not found:
        return []
    times = sum(part.opinions_sent_back for _, part in found)
    label = ("会办意见退回次数", "Co-opinions sent back")
    return [
        say(
            "opinions_sent_back",
            "主办单位退回会办意见{times}次，涉及：" + _named(found) + "。",
            times=_count("opinions_sent_back", times, label, found, pages),
        )
    ]


def _own(facts: YearFacts) -> Iterable[tuple[YearCase, Part]]:
    return ((case, part) for case in facts.cases for part in case.reported)


def _named(found: Found) -> str:
    return literal(listed(f"第{case.number}号（{part.unit}）" for case, part in found))


def _count(
    key: str, value: int, label: tuple[str, str], found: Found, pages: Pages
) -> SummaryField:
    cases = {case.proposal_id: case.number for case, _ in found}
    only = next(iter(cases)) if len(cases) == 1 else ""
    path = pages.case(only) if only else pages.cases()
    return field(key, value, label, FROM_THE_LOG, cases=sorted(cases.values()), path=path)


def _cases(key: str, found: Found, pages: Pages) -> SummaryField:
    count = len({case.proposal_id for case, _ in found})
    return _count(f"{key}_cases", count, ("涉及的件数", "cases"), found, pages)
