"""Which words divide a whole among themselves: 主办 and 会办, 满意 and 不满意, A类 and B类."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Words that are parts of one whole. When each of `closing` is named, nothing is left over."""

    name: str
    word: re.Pattern[str]
    closing: tuple[re.Pattern[str], ...] = ()

    @property
    def overlapping(self) -> bool:
        """Whether its words stand beside others: 重点提案 is a 提案 too."""
        return self.name in {"organs", "levels"}

    def closed_by(self, names: Sequence[str]) -> bool:
        return bool(self.closing) and all(
            any(word.search(name) for name in names) for word in self.closing
        )


def _family(name: str, word: str, *closing: str) -> Family:
    return Family(name, re.compile(word), tuple(re.compile(each) for each in closing))


REST = re.compile(r"^(?:其余|剩余|其他|其它|余下|另外?有?)")
RATINGS = _family(
    "ratings",
    r"(?:满意|理解|一般|未评价|未反馈)(?:度|评价|意见)?(?:的|为|提案|建议|委员|代表|有|件|者)*$",
    r"(?:^|[^本不较])满意",
    r"基本满意|不满意|较满意",
)
RESULTS = _family(
    "results",
    r"[A-E]类|已?经?(?:得到)?(?:基本)?(?:解决|采纳|落实)|正在(?:解决|落实|推进|研究)|列入|纳入|拟解决|难以|不能|留作参考|参考",
    r"A类|已经?|得到|采纳",
    r"B类|正在|列入|纳入|计划",
    r"C类|难以|不能|参考|条件",
)
REVIEW = _family(
    "review",
    r"^(?!.*(?:并案[^，]*后|合并后|实际|最终)).*(?:立案|并案|撤案|撤回|退回|转(?:为|作|送|交)|作为(?:意见|来信|建议|社情)|(?:意见|来信)处理)",
    r"(?:^|[^不未])立案|予以立案",
    r"(?:不予|未予?)立案",
)
FAMILIES = (
    _family(
        "roles",
        r"(?:独|主|承|分|会|协|汇|单独承|主承|参)办(?:和|或|与)?(?:[独主承分会协]办)?(?:的|件|提案|建议|案|类|议案)*(?:有)?$|^为?(?:主|会|协|汇|分|独)办",
        r"(?:主|独|承)办",
        r"(?:会|协|汇)办",
    ),
    RATINGS,
    RESULTS,
    REVIEW,
    _family(
        "sessions",
        r"大会|全会|会议期间|会间|平时|闭会|会后",
        r"大会|全会|(?:^|[^闭])会议?期间|会间",
        r"平时|闭会|会后",
    ),
    _family(
        "status",
        r"办结|办复|办理完毕|在办|未办|正在办理|尚在|办理中",
        r"(?:^|[^未])(?:办结|办复|办理完毕)",
        r"正在|在办|未办|尚|办理中",
    ),
    _family("openness", r"(?:主动|依申请|不予?|全文|部分)公开", r"主动公开|全文公开", r"不予?公开"),
    _family(
        "proposers",
        r"集体|委员|个人|联名|党派|民主|团体|工商联|界别|小组|专委会|专门委员会|代表团",
        r"集体|代表团",
        r"委员|个人|联名|代表联",
    ),
    _family(
        "levels", r"^(?:由)?(?:国家|全国|省|市|区|县|州|镇|街道)(?:级|本级|直|属|政协|人大|委|政府)"
    ),
    _family("organs", r"议案|建议|提案", r"议案|建议", r"提案"),
)
TOPIC = re.compile(
    r"(方面|类|领域|系统|口|组|事务|建设|板块)(?:的?(?:提案|建议|议案))?(?:有|的|共)*$"
)
DRESS = re.compile(
    r"^(?:\d+\.|\d+、|[①-⑩]|[一二三四五六七八九十]是|其中|包括|包含|具体为|具体是|分别为|分别是|分别|分为|含|和|与|及|以及|：)+"
)
TRAILING = re.compile(r"(?:有|共|为|的|达|计|是|各)+$")


def name_of(label: str, tail: str = "") -> str:
    """What a part is called, without the words that only lead up to it."""
    bare = TRAILING.sub("", DRESS.sub("", label))
    return bare or TRAILING.sub("", DRESS.sub("", tail.removeprefix("为").removeprefix("是")))


def family_of(name: str) -> Family | None:
    return next((family for family in FAMILIES if family.word.search(name)), None)


def alike(names: Sequence[str]) -> bool:
    """Whether the names are headings of one kind: 经济方面, 社会方面."""
    endings = {match[1] if (match := TOPIC.search(name)) else "" for name in names}
    return (len(endings) == 1 and "" not in endings) or len({name[-2:] for name in names}) == 1


def family_of_all(names: Sequence[str]) -> Family | None:
    """The family all the names belong to; overlapping words count only where they close it."""
    for family in FAMILIES:
        divides = not family.overlapping or family.closed_by(names) or _levels(family, names)
        if divides and all(family.word.search(name) for name in names):
            return family
    return None


def _levels(family: Family, names: Sequence[str]) -> bool:
    return not family.closing and len({name[:1] for name in names}) == len(names)
