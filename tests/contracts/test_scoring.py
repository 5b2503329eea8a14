"""The rules of the score are read as they are meant, or refused with the line that is wrong."""

from decimal import Decimal
from pathlib import Path

import pytest

from contracts.rulebook import BadRulebook, Rulebook, read_rulebook

RULEBOOKS = Path(__file__).parents[2] / "deploy" / "rulebooks"
SAMPLE = (RULEBOOKS / "shenzhen-2024.toml").read_text("utf-8")
SHIPPED = sorted(RULEBOOKS.glob("*.toml"))


def with_bonus(*lines: str) -> Rulebook:
    return read_rulebook(bonus(*lines))


def bonus(*lines: str) -> str:
    head = ('id = "more"', 'label = "另一项"', 'label_en = "Another"', "assumed = true")
    return "\n".join([SAMPLE.rstrip(), "[[score.bonuses]]", *head, *lines, ""])


def refusal(text: str) -> BadRulebook:
    with pytest.raises(BadRulebook) as refused:
        read_rulebook(text)
    return refused.value


def line_with(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if words in line)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_rulebook_is_right_and_says_that_it_is_a_sample(file: Path) -> None:
    rulebook = read_rulebook(file.read_text("utf-8"))
    assert rulebook.id == file.stem
    assert rulebook.sample
    assert rulebook.title_en


def test_the_rulebooks_of_eight_places_are_shipped() -> None:
    assert [file.stem for file in SHIPPED] == [
        "baoji",
        "hainan-2002",
        "hongkou",
        "jingxian",
        "shanghai-2018",
        "shenzhen-2024",
        "shijiazhuang",
        "zhejiang-ocean-2011",
    ]


def test_several_thresholds_a_cap_and_a_rate_are_read() -> None:
    steps = with_bonus(
        'counts = "answering_cases"',
        "steps = [{ at_least = 50, points = 2 }, { at_least = 100, points = 3 }]",
        "cap = 2.5",
    ).score.bonuses[-1]
    assert [(each.at_least, str(each.points)) for each in steps.steps] == [(50, "2"), (100, "3")]
    assert steps.cap == Decimal("2.5")
    by_rate = with_bonus(
        "points = 1", 'rate = { name = "reply_rate", above = 95, every = 0.5 }'
    ).score.bonuses[-1]
    assert by_rate.rate is not None
    assert (by_rate.rate.above, by_rate.rate.every) == (Decimal(95), Decimal("0.5"))


@pytest.mark.parametrize(
    ("lines", "wrong_line", "path", "chinese", "english"),
    [
        (("points = 1",), "[[score.bonuses]]", "score.bonuses#4", "counts、rate 应写且只写一个", "exactly one of counts and rate"),
        (('counts = "total_cases"',), "[[score.bonuses]]", "score.bonuses#4", "points、steps 应写且只写一个", "exactly one of points and steps"),
        (('counts = "many_cases"', "points = 1"), "many_cases", "score.bonuses#4.counts", "应为以下之一", "Input should be"),
        (('counts = "early_cases"', "points = 1"), "[[score.bonuses]]", "score.bonuses#4", "days", "needs `days`"),
        (('counts = "entered_points"', "points = 1"), "[[score.bonuses]]", "score.bonuses#4", "只写封顶 cap", "give `cap`"),
        (('counts = "total_cases"', "points = 1", 'group = "none"'), 'group = "none"', "score.bonuses#4.group", "没有名为 none 的组", "no group none"),
        (('counts = "total_cases"', "steps = [{ at_least = 9, points = 1 }, { at_least = 5, points = 2 }]"), "steps = ", "score.bonuses#4.steps", "由小到大", "growing"),
        (('counts = "total_cases"', "at_least = 3", "steps = [{ at_least = 9, points = 1 }]"), "at_least = 3", "score.bonuses#4.at_least", "不写 at_least", "no at_least"),
        (("points = 1", 'rate = { name = "visit_rate", above = 95 }'), "rate = ", "score.bonuses#4.rate.name", "没有为 visit_rate 选定公式", "chooses none for visit_rate"),
        (("points = 1", 'rate = { name = "reply_rate" }'), "rate = ", "score.bonuses#4.rate", "写且只写一个", "exactly one of below"),
        (("points = 1", 'rate = { name = "reply_rate", above = 101 }'), "rate = ", "score.bonuses#4.rate.above", "不能大于 100", "less than or equal to 100"),
        (("points = 1", 'rate = { name = "reply_rate", at_least = 9, every = 1 }'), "rate = ", "score.bonuses#4.rate.every", "every 只与", "every"),
        (("points = 1", 'rate = { name = "reply_rate", above = 9, every = 0 }'), "rate = ", "score.bonuses#4.rate.every", "应大于 0", "greater than 0"),
        (("points = 1", "at_least = 2", 'rate = { name = "reply_rate", above = 9 }'), "[[score.bonuses]]", "score.bonuses#4", "门槛写在 rate 里", "inside `rate`"),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_right_is_named_with_its_line(
    lines: tuple[str, ...], wrong_line: str, path: str, chinese: str, english: str
) -> None:
    text = bonus(*lines)
    reversed_lines = list(reversed(text.splitlines()))
    line = len(reversed_lines) - next(
        n for n, each in enumerate(reversed_lines) if wrong_line in each
    )
    said = refusal(text)
    assert f"第 {line} 行 {path}：" in said.chinese
    assert chinese in said.chinese
    assert f"line {line}, {path}: " in said.in_english
    assert english in said.in_english


def test_a_key_that_is_missing_is_named_with_the_line_of_its_table() -> None:
    text = SAMPLE.replace("months = 3\n", "", 1)
    assert f"第 {line_with(text, '[limits.sole]')} 行 limits.sole：" in refusal(text).chinese


@pytest.mark.parametrize(
    ("grades", "named"),
    [((90, 80), ""), ((80, 90), "由高到低"), ((90, 90), "由高到低")],
)
def test_grades_go_from_the_highest_down(grades: tuple[int, ...], named: str) -> None:
    text = SAMPLE + "".join(
        f'\n[[score.grades]]\nlabel = "甲"\nlabel_en = "A"\nat_least = {each}\nassumed = true\n'
        for each in grades
    )
    if named:
        assert named in refusal(text).chinese
    else:
        assert [each.at_least for each in read_rulebook(text).score.grades] == list(grades)


def test_a_day_of_the_calendar_that_no_year_has_is_refused_with_its_line() -> None:
    text = (
        SAMPLE
        + '\n[[calendar]]\nid = "a"\nlabel = "甲"\nlabel_en = "A"\nassumed = true\ncloses = "09-31"\n'
    )
    line = line_with(text, 'closes = "09-31"')
    assert f"第 {line} 行 calendar#1.closes：日历上没有 09-31" in refusal(text).chinese
