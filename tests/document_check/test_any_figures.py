"""Summaries made from random counts: right ones give no finding, one slip gives at least one."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.document_check.corpus import findings_in

TOPICS = ("经济建设", "城市管理", "社会民生", "教科文卫", "生态环境", "政治法制")


@dataclass(frozen=True)
class Year:
    """The counts of a year that agree with each other, and how shares are rounded."""

    refused: int
    topics: tuple[int, ...]
    lead: int
    satisfied: int
    basically: int
    rounding: str
    words: int

    @property
    def filed(self) -> int:
        return sum(self.topics)

    @property
    def received(self) -> int:
        return self.filed + self.refused

    @property
    def co(self) -> int:
        return self.filed - self.lead

    @property
    def dissatisfied(self) -> int:
        return self.filed - self.satisfied - self.basically

    def share(self, part: int, whole: int) -> Decimal:
        return (Decimal(part) / whole * 100).quantize(Decimal("0.1"), rounding=self.rounding)


@st.composite
def years(draw: st.DrawFn) -> Year:
    topics = tuple(draw(st.lists(st.integers(5, 180), min_size=4, max_size=6)))
    filed = sum(topics)
    lead = draw(st.integers(3, filed - 3))
    satisfied = draw(st.integers(filed // 2, filed - 4))
    basically = draw(st.integers(1, filed - satisfied - 2))
    return Year(
        refused=draw(st.integers(2, 60)),
        topics=topics,
        lead=lead,
        satisfied=satisfied,
        basically=basically,
        rounding=draw(st.sampled_from([ROUND_HALF_UP, ROUND_DOWN])),
        words=draw(st.integers(0, 2)),
    )


def told(year: Year) -> dict[str, str]:
    """The sentences of a summary, each figure of which follows from the counts."""
    between = ("，", "；", "、")[year.words]
    topics = between.join(
        f"{name}方面{count}件，占{year.share(count, year.filed)}%"
        for name, count in zip(TOPICS, year.topics, strict=False)
    )
    both = year.satisfied + year.basically
    return {
        "filed": (
            f"全年共收到提案{year.received}件，经审查立案{year.filed}件，"
            f"立案率{year.share(year.filed, year.received)}%。"
        ),
        "roles": f"立案的{year.filed}件提案，其中主办件{year.lead}件{between}会办件{year.co}件。",
        "topics": f"{year.filed}件提案中，{topics}。",
        "ratings": (
            f"满意{year.satisfied}件，基本满意{year.basically}件，不满意{year.dissatisfied}件，"
            f"满意率{year.share(both, year.filed)}%。"
        ),
        "done": "办结率、答复率均为100%。",
    }


@settings(max_examples=150)
@given(years())
def test_a_summary_whose_figures_agree_gives_no_finding(year: Year) -> None:
    assert findings_in("".join(told(year).values())) == []


@settings(max_examples=80)
@given(years(), st.integers(3, 9))
def test_a_wrong_number_of_lead_cases_is_found(year: Year, slip: int) -> None:
    sentences = told(year)
    wrong = sentences["roles"].replace(f"主办件{year.lead}件", f"主办件{year.lead + slip}件")
    assert findings_in("".join((sentences | {"roles": wrong}).values()))


@settings(max_examples=80)
@given(years(), st.integers(3, 9))
def test_a_wrong_rate_of_filing_is_found(year: Year, slip: int) -> None:
    right = year.share(year.filed, year.received)
    sentences = told(year)
    wrong = sentences["filed"].replace(f"立案率{right}", f"立案率{right - slip}")
    assert findings_in("".join((sentences | {"filed": wrong}).values()))


@settings(max_examples=80)
@given(years(), st.integers(2, 9))
def test_a_rate_of_satisfaction_that_fits_no_reading_is_found(year: Year, slip: int) -> None:
    right = year.share(year.satisfied + year.basically, year.filed)
    narrow = year.share(year.satisfied, year.filed)
    assume(abs(right - slip - narrow) > 1)
    sentences = told(year)
    wrong = sentences["ratings"].replace(f"满意率{right}", f"满意率{right - slip}")
    found = findings_in("".join((sentences | {"ratings": wrong}).values()))
    assert any("满意率" in each.message for each in found)


@settings(max_examples=80)
@given(years(), st.integers(2, 9))
def test_a_wrong_share_of_a_topic_is_found(year: Year, slip: int) -> None:
    right = year.share(year.topics[0], year.filed)
    sentences = told(year)
    wrong = sentences["topics"].replace(f"占{right}%", f"占{right + slip}%", 1)
    assert findings_in("".join((sentences | {"topics": wrong}).values()))


@settings(max_examples=200)
@given(
    st.text(
        alphabet="一二三十件项分%其中占共（）()，。；：、\n 0123456789.主办会率满意是第",
        max_size=120,
    )
)
def test_no_text_whatever_breaks_the_check(text: str) -> None:
    for finding in findings_in(text):
        assert all(0 <= place.start <= place.end <= len(text) for place in finding.places)
