"""Where the figures of a receipt differ from those computed again, figure by figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.figures import Figures
from evaluation.decisions.wording import Said

NAMED_BY = ("id", "role", "unit", "figure", "proposal_id")
NONE = "—"

WORDS: Mapping[str, Said] = {
    "total": Said("总数", "total"),
    "by_role": Said("件数", "cases"),
    "count": Said("数量", "count"),
    "rates": Said("指标", "rate"),
    "numerator": Said("分子", "numerator"),
    "denominator": Said("分母", "denominator"),
    "value": Said("结果", "value"),
    "display": Said("显示的结果", "result shown"),
    "formula": Said("公式", "formula"),
    "score": Said("评分", "score"),
    "base": Said("基础分", "base points"),
    "deductions": Said("扣分合计", "deductions"),
    "bonus": Said("加分合计", "bonus"),
    "ceiling": Said("满分", "ceiling"),
    "grade": Said("等次", "grade"),
    "items": Said("评分项", "item"),
    "points": Said("分值", "points"),
    "cases": Said("涉及的件", "cases behind it"),
    "misses": Said("未达到的件", "cases that fell short"),
    "positions": Said("位次", "positions"),
    "units": Said("单位得分", "score of the unit"),
    "comparisons": Said("自报与计算", "claimed and computed"),
    "claimed": Said("自报数", "claimed"),
    "computed": Said("计算数", "computed"),
    "rehandled": Said("重新办理", "handled again"),
}


@dataclass(frozen=True)
class Disagreement:
    """One figure: its path in the receipt, its name in words, as claimed and as computed."""

    path: str
    name: Said
    claimed: str
    computed: str


def disagreements(
    claimed: Figures, computed: Figures, *, same_rules: bool
) -> tuple[Disagreement, ...]:
    """Every figure that is not the same, in the order of the receipt.

    Rules of another version may compute more than the receipt tells of; only under the `same_rules`
    is a figure that it does not tell of one that is missing from it.
    """
    told = claimed.model_dump(mode="json", exclude_unset=not same_rules)
    found = _differing(told, computed.model_dump(mode="json"), _Place(same_rules=same_rules))
    return tuple(found)


@dataclass(frozen=True)
class _Place:
    """Where in the figures one is, by path and in words."""

    same_rules: bool
    path: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()
    english: tuple[str, ...] = ()

    def below(self, key: str) -> "_Place":
        said = WORDS.get(key, Said(key, key))
        return self.named(key, said.chinese, said.english)

    def named(self, key: str, chinese: str, english: str) -> "_Place":
        return _Place(
            self.same_rules,
            (*self.path, key),
            (*self.chinese, chinese),
            (*self.english, english),
        )

    def differ(self, claimed: Any, computed: Any) -> Disagreement:
        name = Said("·".join(self.chinese), " · ".join(self.english))
        return Disagreement(".".join(self.path), name, _shown(claimed), _shown(computed))


def _differing(claimed: Any, computed: Any, place: _Place) -> Iterator[Disagreement]:
    if isinstance(claimed, dict) and isinstance(computed, dict):
        names = {**claimed, **computed} if place.same_rules else claimed
        for key in names:
            yield from _differing(claimed.get(key), computed.get(key), place.below(key))
    elif isinstance(claimed, list) and isinstance(computed, list):
        yield from _differing_lists(claimed, computed, place)
    elif claimed != computed:
        yield place.differ(claimed, computed)


def _differing_lists(
    claimed: list[Any], computed: list[Any], place: _Place
) -> Iterator[Disagreement]:
    for index in range(max(len(claimed), len(computed))):
        left = claimed[index] if index < len(claimed) else None
        right = computed[index] if index < len(computed) else None
        named = place.named(*_name_of(left if isinstance(left, dict) else right, index))
        if left is None or right is None:
            yield named.differ(left, right)
        else:
            yield from _differing(left, right, named)


def _name_of(item: Any, index: int) -> tuple[str, str, str]:
    """What a part of a list is called: by its id in the path, by its label in words."""
    if not isinstance(item, dict):
        return str(index + 1), f"第 {index + 1} 个", f"number {index + 1}"
    name = next((str(item[key]) for key in NAMED_BY if item.get(key)), str(index + 1))
    label = item.get("label") or item.get("title") or name
    return name, str(label), str(item.get("label_en") or label)


def _shown(value: Any) -> str:
    if value is None:
        return NONE
    if isinstance(value, dict):
        return str(value.get("label") or value.get("title") or value.get("number") or "…")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
