"""The limits of a rulebook in words, and the steps of supervision around them."""

from collections.abc import Iterator

from contracts.explained import RuleLine
from contracts.limits import Limit, SpecialLimit
from contracts.rulebook import Rulebook
from contracts.supervision import AlertStep
from contracts.vocabulary import AlertLevel, Duty, Origin, Role
from evaluation.decisions.explaining.lines import line
from evaluation.decisions.wording import ROLES_IN_ENGLISH, Said

LEVELS_EN = {
    AlertLevel.REMINDER: "Reminder",
    AlertLevel.WARNING: "Warning",
    AlertLevel.YELLOW: "Yellow card",
    AlertLevel.RED: "Red card",
}
DUTIES_EN = {
    Duty.SIGNING: "signing",
    Duty.OPINION: "co-opinion",
    Duty.REPLY: "answer",
    Duty.COMMITMENT: "commitment",
}
ORIGINS_EN = {Origin.PROVINCE: "province", Origin.CITY: "city", Origin.DISTRICT: "district"}


def limits_in_words(rulebook: Rulebook) -> Iterator[RuleLine]:
    limits = rulebook.limits
    for role in Role:
        owed = Said("答复", "answer") if role.answers_the_proposer else Said("意见", "opinion")
        label = Said(
            f"{role.chinese}{owed.chinese}",
            f"{ROLES_IN_ENGLISH[role].capitalize()}: {owed.english}",
        )
        yield line(f"limits.{role}", label, _limit(limits.of(role)), limits.of(role))
    if limits.signing:
        yield line(
            "limits.signing", Said("签收", "Signing"), _limit(limits.signing), limits.signing
        )
    if limits.returning:
        label = Said("申请退回", "Asking to be released")
        yield line("limits.returning", label, _limit(limits.returning), limits.returning)
    for number, special in enumerate(limits.special, start=1):
        yield line(f"limits.special.{number}", _case(special), _limit(special), special)


def _limit(limit: Limit) -> Said:
    if limit.by is not None:
        month, day = (int(part) for part in limit.by.split("-"))
        return Said(f"当年 {month} 月 {day} 日前", f"by {limit.by} of the year")
    if limit.months is not None:
        return Said(f"{limit.months} 个月", f"{limit.months} months")
    if limit.working_days is not None:
        return Said(f"{limit.working_days} 个工作日", f"{limit.working_days} working days")
    return Said(f"{limit.days} 天", f"{limit.days} days")


def _case(special: SpecialLimit) -> Said:
    named = [
        *([Said("重点提案", "key proposals")] if special.key else []),
        *([Said("非重点提案", "other proposals")] if special.key is False else []),
        *(
            [Said(f"{special.origin.chinese}级", ORIGINS_EN[special.origin])]
            if special.origin
            else []
        ),
        *([Said(special.role.chinese, ROLES_IN_ENGLISH[special.role])] if special.role else []),
    ]
    return Said(
        "、".join(each.chinese for each in named),
        ", ".join(each.english for each in named).capitalize(),
    )


def steps_in_words(rulebook: Rulebook) -> Iterator[RuleLine]:
    supervision = rulebook.supervision
    if supervision is None:
        return
    for step in supervision.steps:
        label = Said(
            f"{step.duty.chinese}：{step.level.chinese}",
            f"{LEVELS_EN[step.level]}: {DUTIES_EN[step.duty]}",
        )
        yield line(f"supervision.{step.id}", label, _when(step), step)
    if quiet := supervision.quiet_hours:
        hours = f"{quiet.begin}–{quiet.end}"
        yield line("supervision.quiet_hours", Said("静默时段", "Quiet hours"), Said(hours, hours))


def _when(step: AlertStep) -> Said:
    days = abs(step.offset)
    if days == 0:
        return Said("期限当天", "on the last day")
    unit, unit_en = ("个工作日", "working days") if step.working else ("天", "days")
    before = step.offset < 0
    return Said(
        f"期限{'前' if before else '后'} {days} {unit}",
        f"{days} {unit_en} {'before' if before else 'after'} the limit",
    )
