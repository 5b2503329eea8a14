"""Reports of what units asked and promised: returns, and commitments with what became of them."""

from collections.abc import Sequence

from evaluation.decisions.reporting.defining import Definition, Measure, Reported
from evaluation.decisions.reporting.describing import OF_PROMISES, OF_RETURNS, Promised, same
from evaluation.decisions.reporting.of_parts import OWN, OWN_EN, TOTAL, UNIT
from evaluation.decisions.wording import Said
from evaluation.state import ReturnFact


def _promised(reported: Reported) -> Sequence[Promised]:
    return [
        Promised(fact, promise)
        for fact in reported.own
        if not fact.released
        for promise in fact.promises or ()
    ]


def _returns(reported: Reported) -> Sequence[ReturnFact]:
    return reported.returns


REPORTS = (
    Definition(
        id="returns",
        title=Said("退办情况表", "Returns"),
        rule=Said(
            "承办单位申请退办的次数和处理结果；撤案、并案的也计。",
            "How often units asked to be released, and what they were told; withdrawn and merged"
            " cases are counted as well.",
        ),
        grouped_by=UNIT,
        things=_returns,
        groups=lambda asked, _: (same(asked.unit),),
        measures=(
            Measure("granted", Said("同意", "Granted"), lambda asked, _: asked.granted),
            Measure("declined", Said("不同意", "Declined"), lambda asked, _: asked.declined),
            Measure("undecided", Said("待处理", "Undecided"), lambda asked, _: asked.undecided),
            Measure("requested", Said("申请次数", "Asked"), lambda asked, _: asked.requested),
        ),
        described=OF_RETURNS,
    ),
    Definition(
        id="promises",
        title=Said("承诺事项兑现情况表", "Promises"),
        rule=Said(
            OWN + "逐项计；按期兑现以最初承诺的期限为准，推迟的不改变期限。",
            f"{OWN_EN} Each promise by itself; in time means by the day first promised, which"
            " putting off does not change.",
        ),
        grouped_by=UNIT,
        things=_promised,
        groups=lambda promised, _: (same(promised.fact.unit),),
        measures=(
            Measure(
                "kept_in_time",
                Said("按期兑现", "Kept in time"),
                lambda p, _: (
                    p.promise.kept_on is not None and p.promise.kept_on <= p.promise.due_on
                ),
            ),
            Measure(
                "kept_late",
                Said("逾期兑现", "Kept late"),
                lambda p, _: p.promise.kept_on is not None and p.promise.kept_on > p.promise.due_on,
            ),
            Measure(
                "given_up",
                Said("不能兑现", "Given up"),
                lambda p, _: p.promise.kept_on is None and p.promise.given_up,
            ),
            Measure(
                "open",
                Said("尚未兑现", "Open"),
                lambda p, _: p.promise.kept_on is None and not p.promise.given_up,
            ),
            Measure(
                "put_off",
                Said("其中推迟过", "Of these put off"),
                lambda p, _: p.promise.moved_to is not None,
            ),
            Measure("total", TOTAL, lambda p, _: True),
        ),
        described=OF_PROMISES,
    ),
)
