"""Reports of what the units were given: by unit, how far it has come, key cases, overdue work."""

from collections.abc import Sequence
from datetime import timedelta

from contracts.vocabulary import Role
from evaluation.decisions.reporting.defining import Definition, Measure, Reported
from evaluation.decisions.reporting.describing import OF_PARTS, same
from evaluation.decisions.wording import Said
from evaluation.state import AssignmentFact

Part = Measure[AssignmentFact]
SOON = timedelta(days=7)
ROLES = {
    Role.SOLE: Said("独办", "Sole"),
    Role.LEAD: Said("主办", "Lead"),
    Role.SPLIT: Said("分办", "Split"),
    Role.CO: Said("会办", "Co"),
}
TOTAL = Said("合计", "Total")
OVERDUE = Said("逾期未办结", "Overdue, open")
COMPLETED = Said("已办结", "Completed")
UNIT = Said("承办单位", "Unit")


def is_unsigned(fact: AssignmentFact) -> bool:
    """Whether the unit has not signed yet; a ledger that does not tell leaves it to be handled."""
    return _is_open(fact) and fact.signed_on is None and fact.recorded_live


def is_late(fact: AssignmentFact) -> bool:
    return fact.completed_on is not None and fact.completed_on > fact.due_on


def is_overdue(fact: AssignmentFact, reported: Reported) -> bool:
    """Whether it is still open though its deadline has passed by the day of the report."""
    return _is_open(fact) and fact.due_on < reported.day


def _is_open(fact: AssignmentFact) -> bool:
    return fact.completed_on is None and not fact.released and not fact.opinion_waived


def _days_over(fact: AssignmentFact, reported: Reported) -> int:
    return max(((fact.completed_on or reported.day) - fact.due_on).days, 0)


def _is_due_soon(fact: AssignmentFact, reported: Reported) -> bool:
    return _is_open(fact) and reported.day <= fact.due_on <= reported.day + SOON


def _of_its_unit(fact: AssignmentFact, reported: Reported) -> Sequence[Said]:
    return (same(fact.unit),)


def _in_role(role: Role) -> Part:
    return Measure(role.value, ROLES[role], lambda fact, _: fact.role is role)


def _open_ones(reported: Reported) -> Sequence[AssignmentFact]:
    return [fact for fact in reported.own if _is_open(fact)]


def _overdue_ones(reported: Reported) -> Sequence[AssignmentFact]:
    return [fact for fact in reported.own if is_late(fact) or is_overdue(fact, reported)]


def _key_ones(reported: Reported) -> Sequence[AssignmentFact]:
    return [fact for fact in reported.own if fact.key and not fact.released]


UNSIGNED: Part = Measure("unsigned", Said("待签收", "To sign"), lambda fact, _: is_unsigned(fact))
HANDLED: Part = Measure(
    "handled", Said("办理中", "Handled"), lambda fact, _: _is_open(fact) and not is_unsigned(fact)
)
DONE: Part = Measure("completed", COMPLETED, lambda fact, _: fact.completed_on is not None)
WAIVED: Part = Measure(
    "waived",
    Said("免交会办意见", "Opinion waived"),
    lambda fact, _: fact.completed_on is None and fact.opinion_waived and not fact.released,
)
LATE: Part = Measure("late", Said("逾期办结", "Completed late"), lambda fact, _: is_late(fact))
IN_TIME: Part = Measure(
    "in_time",
    Said("按时办结", "Completed in time"),
    lambda fact, _: fact.completed_on is not None and not is_late(fact),
)
STILL_OVERDUE: Part = Measure("overdue", OVERDUE, is_overdue)
ALL: Part = Measure("total", TOTAL, lambda fact, _: True)

OWN = "本区各单位承办的交办件，按单位分别计；撤案、并案的不计。"
OWN_EN = (
    "The parts of the district's units, each by itself; withdrawn and merged cases are not counted."
)

REPORTS = (
    Definition(
        id="by-unit",
        title=Said("按承办单位统计表", "By unit"),
        rule=Said(
            OWN + "退办后重新交办的，按重新交办以后计；退办的角色也计入各角色栏。",
            f"{OWN_EN} What was given to a unit again counts from then on.",
        ),
        grouped_by=UNIT,
        things=lambda reported: reported.own,
        groups=_of_its_unit,
        measures=(
            UNSIGNED,
            HANDLED,
            Measure(
                "released",
                Said("已退办", "Released"),
                lambda fact, _: fact.released and fact.completed_on is None,
            ),
            WAIVED,
            DONE,
            *(_in_role(role) for role in Role),
            ALL,
        ),
        described=OF_PARTS,
    ),
    Definition(
        id="progress",
        title=Said("办理进度表", "Progress"),
        rule=Said(
            "计入本区指标的交办件（报送的、没有终止的），按角色；逾期未办结以报表所注日期为准。",
            "The parts that the district's figures count, by role; what is overdue is so on the day"
            " of the report.",
        ),
        grouped_by=Said("角色", "Role"),
        things=lambda reported: reported.counted,
        groups=lambda fact, _: (ROLES[fact.role],),
        measures=(
            UNSIGNED,
            HANDLED,
            WAIVED,
            IN_TIME,
            LATE,
            STILL_OVERDUE,
            Measure("extended", Said("延期次数", "Extensions"), lambda f, _: len(f.extended)),
            Measure(
                "sent_back",
                Said("答复稿退改次数", "Drafts sent back"),
                lambda fact, _: len(fact.drafts_sent_back),
            ),
            ALL,
        ),
        described=OF_PARTS,
        first=lambda reported: tuple(ROLES.values()),
    ),
    Definition(
        id="key",
        title=Said("重点提案办理情况表", "Key proposals"),
        rule=Said(
            "重点提案的交办件，按案；取消重点标记的不计，退办的不计。",
            "The parts of key proposals, by case; those no longer marked and released units are not"
            " counted.",
        ),
        grouped_by=Said("案号", "Case"),
        things=_key_ones,
        groups=lambda fact, _: (same(fact.number),),
        measures=(
            UNSIGNED,
            HANDLED,
            WAIVED,
            IN_TIME,
            LATE,
            STILL_OVERDUE,
            Measure(
                "contacts", Said("与提案人联系次数", "Contacts"), lambda fact, _: len(fact.contacts)
            ),
            ALL,
        ),
        described=OF_PARTS,
    ),
    Definition(
        id="overdue",
        title=Said("逾期情况表", "Overdue"),
        rule=Said(
            OWN + "逾期办结的，和到报表所注日期仍未办结、期限已过的。天数按自然日计。",
            f"{OWN_EN} Completed after the deadline, or still open after it on the day of the"
            " report. Days are calendar days.",
        ),
        grouped_by=UNIT,
        things=_overdue_ones,
        groups=_of_its_unit,
        measures=(
            LATE,
            STILL_OVERDUE,
            Measure("days", Said("逾期天数合计", "Days overdue"), _days_over),
            ALL,
        ),
        described=OF_PARTS,
    ),
    Definition(
        id="chasing",
        title=Said("催办单", "To be chased"),
        rule=Said(
            OWN + "只列尚未办结的；逾期和七日内到期以报表所注日期为准。",
            f"{OWN_EN} Only what is open; overdue and due in seven days as of the day of the report.",
        ),
        grouped_by=UNIT,
        things=_open_ones,
        groups=_of_its_unit,
        measures=(
            UNSIGNED,
            STILL_OVERDUE,
            Measure("soon", Said("七日内到期", "Due in 7 days"), _is_due_soon),
            Measure("chased", Said("已催办次数", "Times chased"), lambda f, _: len(f.chased)),
            ALL,
        ),
        described=OF_PARTS,
    ),
)
