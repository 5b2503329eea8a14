"""Units suggested for a case: from cases like it, with the reason, and from nothing else."""

from collections import Counter

from assignment.decisions.suggesting import NOBODY, Precedent, Precedents, UnitsSuggested
from contracts.checking import Certainty
from contracts.likeness import pairs_of, telling_pairs
from ledger import read_ledger
from tests.journeys.conftest import SAMPLE
from tian.districts import known_districts

EDUCATION, HOUSING, POLICE = "区教育局", "区住房建设局", "区公安分局"


def case(number: str, title: str, *leads: str, year: int = 2023, co: str = "") -> Precedent:
    co_units = (co,) if co else ()
    return Precedent(number, year, number, title, frozenset(pairs_of(title)), leads, co_units)


SCHOOLS = case("57", "关于中小学午休可平躺桌椅换新的提案", EDUCATION, co=HOUSING)
CHARGING = case("58", "关于整治老旧小区飞线充电的建议", HOUSING)
KNOWN = (SCHOOLS, CHARGING, case("59", "关于小区电动自行车充电棚的建议", HOUSING, co=POLICE))


def suggested(title: str, *known: Precedent) -> UnitsSuggested:
    return Precedents(known or KNOWN).suggest("new", pairs_of(title))


def test_the_unit_of_the_likest_case_comes_first_with_that_case_as_the_reason() -> None:
    first = suggested("关于中小学午休躺椅的提案").leads[0]
    assert (first.unit, first.because[0].precedent) == (EDUCATION, SCHOOLS)
    assert 0 < first.likeness <= 1


def test_who_joined_such_cases_is_suggested_beside_who_led_them() -> None:
    found = suggested("关于老旧小区电动自行车充电的建议")
    assert [each.unit for each in found.leads] == [HOUSING]
    assert [each.unit for each in found.co_units] == [POLICE]


def test_nothing_is_suggested_where_nothing_is_alike() -> None:
    assert suggested("关于文化馆夜间开放的建议") == NOBODY
    assert Precedents(()).suggest("new", pairs_of("关于中小学午休的提案")) == NOBODY


def test_a_case_teaches_nothing_about_itself() -> None:
    assert Precedents([SCHOOLS]).suggest("57", sorted(SCHOOLS.pairs)) == NOBODY


def test_the_unit_that_most_of_the_alike_cases_had_comes_first() -> None:
    others = [case(str(number), CHARGING.title, HOUSING) for number in (61, 62)]
    once = case("60", CHARGING.title, EDUCATION)
    found = suggested(CHARGING.title, *others, once, SCHOOLS)
    assert [each.unit for each in found.leads] == [HOUSING, EDUCATION]


def test_the_order_in_which_cases_come_changes_nothing() -> None:
    titles = ("关于小区充电的建议", "关于中小学午休桌椅的提案", "关于老旧小区整治的建议")
    for title in titles:
        assert suggested(title, *KNOWN) == suggested(title, *reversed(KNOWN))


def test_cases_that_disagree_make_it_less_sure_than_cases_that_agree() -> None:
    other = case("60", SCHOOLS.title, HOUSING)
    agreed = suggested(SCHOOLS.title, SCHOOLS, CHARGING).leads[0]
    disputed = suggested(SCHOOLS.title, SCHOOLS, other, CHARGING).leads[0]
    assert agreed.agreement > disputed.agreement
    assert (agreed.certainty, disputed.certainty) == (Certainty.LIKELY, Certainty.DOUBTFUL)


def test_words_that_many_cases_say_tell_less_than_words_that_few_say() -> None:
    common = [
        case(str(number), f"关于加强社区第{number}号管理的建议", HOUSING) for number in range(9)
    ]
    rare = case("90", "关于加强天文馆的建议", EDUCATION)
    assert suggested("关于加强天文馆管理的建议", *common, rare).leads[0].unit == EDUCATION


def test_what_a_text_says_again_and_again_counts_beside_its_title() -> None:
    body = "图书馆周末不开。建议图书馆延长开放。社区图书馆也一样，图书馆要有人。"
    assert {"图书", "书馆"} <= set(telling_pairs("关于延时服务的建议", body))
    assert "周末" not in telling_pairs("关于延时服务的建议", body)


# What people might hand in a year later about the same matters, in other words; beside each the number
# of the case of the sample year that it comes back to. Then some about matters of their own.
A_YEAR_LATER = {
    "关于完善社康中心听力筛查服务的建议": "20249007",
    "关于规范旧住宅加装电梯的建议": "20249008",
    "关于在地铁站设置儿童如厕间的建议": "20249004",
    "关于保障外卖骑手休息、设置遮阳棚的提案": "20249005",
    "关于学生午休躺平、更换课桌椅的提案": "20249006",
    "关于开放小微企业检测实验室的建议": "20249009",
    "关于加强地下车库挡水板配备的建议": "20249010",
    "关于治理菜市场电子秤缺斤短两的建议": "20249011",
    "关于增设图书馆自助还书点的建议": "20249012",
    "关于公园步道手机信号覆盖的提案": "20249013",
    "关于建筑垃圾资源化、再生制砖的提案": "20249014",
    "关于改善长者饭堂送餐服务的提案": "20249015",
    "关于高校毕业生住宿补贴的建议": "20249016",
    "关于城中村电动自行车换电柜布点的建议": "20249018",
    "关于河边步道防滑的建议": "20249019",
    "关于公交站台设置盲文站牌的建议": "20249022",
    "关于慢性病患者长处方的建议": "20249024",
    "关于疏通高层住宅消防通道的建议": "20249026",
    "关于行道树与盲道冲突的建议": "20249028",
    "关于规范旧衣回收箱管理的建议": "20249030",
}
OF_ITS_OWN = (
    "关于举办荔枝文化节的建议",
    "关于推广气排球运动的提案",
    "关于编写客家围屋口述史的建议",
    "关于扶持种业育苗基地的提案",
)


def own_units_of(memory: list[Precedent], number: str) -> set[str]:
    return {
        unit for each in memory if each.number == number for unit in (*each.leads, *each.co_units)
    }


def the_sample_year() -> list[Precedent]:
    ledger = read_ledger(
        SAMPLE.read_bytes(), SAMPLE.name, district=known_districts()["longgang"], year=2024
    )
    return [
        Precedent(
            placed.row.number,
            2024,
            placed.row.number,
            placed.row.title,
            frozenset(pairs_of(placed.row.title)),
            placed.row.own_units if placed.row.role.answers_the_proposer else (),
            () if placed.row.role.answers_the_proposer else placed.row.own_units,
        )
        for placed in ledger.rows
    ]


def guessed(memory: Precedents, proposal_id: str, title: str) -> list[str]:
    found = memory.suggest(proposal_id, pairs_of(title))
    both = sorted((*found.leads, *found.co_units), key=lambda each: (-each.agreement, each.unit))
    return [each.unit for each in both]


def test_what_comes_back_a_year_later_finds_the_units_that_had_it_before() -> None:
    year = the_sample_year()
    memory = Precedents(year)
    hits = Counter[int]()
    for title, number in A_YEAR_LATER.items():
        units, right = guessed(memory, "new", title), own_units_of(year, number)
        hits.update(at for at in (1, 3) if right & {*units[:at]})
    assert hits[1] >= 0.8 * len(A_YEAR_LATER)
    assert hits[3] >= hits[1]


def test_matters_that_nobody_had_are_met_with_silence() -> None:
    memory = Precedents(the_sample_year())
    assert [guessed(memory, "new", title) for title in OF_ITS_OWN] == [[]] * len(OF_ITS_OWN)


def test_the_subjects_of_the_sample_year_are_too_far_apart_to_suggest_one_from_another() -> None:
    """It stays silent; naming units all the same, it would be wrong most of the time."""
    year = the_sample_year()
    memory = Precedents(year)
    assert not [each for each in year if guessed(memory, each.proposal_id, each.title)]
