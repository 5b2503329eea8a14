"""Reports of proposals: by proposer, by form, by the body they come from, and what the review made of them."""

from collections.abc import Sequence

from contracts.vocabulary import CollectiveKind, Conversion, Level, ProposalForm
from evaluation.decisions.reporting.defining import Definition, Measure, Reported
from evaluation.decisions.reporting.describing import OF_CASES, outcome, same
from evaluation.decisions.wording import Said
from evaluation.state import ProposalFact

FORMS = {
    ProposalForm.INDIVIDUAL: Said("个人", "Individual"),
    ProposalForm.JOINT: Said("联名", "Joint"),
    ProposalForm.COLLECTIVE: Said("集体", "Collective"),
}
BODIES = {
    CollectiveKind.PARTY: Said("党派", "Party"),
    CollectiveKind.ORGANISATION: Said("团体", "Organisation"),
    CollectiveKind.SECTOR: Said("界别", "Sector"),
    CollectiveKind.GROUP: Said("小组", "Group"),
    CollectiveKind.SPECIAL_COMMITTEE: Said("专委会", "Special committee"),
}
UNSTATED = Said("没有注明", "Not stated")


def _is(name: str) -> "Measure[ProposalFact]":
    """Counts the proposals whose review came to this."""
    ids = {"立案": "filed", "不予立案": "refused", "并入他案": "merged", "撤案": "withdrawn"}
    english = {
        "filed": "Filed",
        "refused": "Not filed",
        "merged": "Merged",
        "withdrawn": "Withdrawn",
    }
    id_ = ids[name]
    return Measure(id_, Said(name, english[id_]), lambda case, _: outcome(case).chinese == name)


RECEIVED: Measure[ProposalFact] = Measure(
    "received", Said("提出", "Received"), lambda case, _: True
)
ELSEWHERE: Measure[ProposalFact] = Measure(
    "elsewhere",
    Said("转为其他或转送", "Passed on"),
    lambda case, _: outcome(case).chinese.startswith("转"),
)
UNREVIEWED: Measure[ProposalFact] = Measure(
    "unreviewed",
    Said("尚未审查", "Not reviewed"),
    lambda case, _: outcome(case).chinese == "尚未审查",
)
KEY: Measure[ProposalFact] = Measure(
    "key", Said("其中重点", "Of these key"), lambda case, _: case.key
)
OUTCOMES = (
    RECEIVED,
    _is("立案"),
    _is("不予立案"),
    ELSEWHERE,
    _is("并入他案"),
    _is("撤案"),
    UNREVIEWED,
    KEY,
)


def _cases(reported: Reported) -> Sequence[ProposalFact]:
    return [case for case in reported.cases if case.year == reported.year]


def _collective(reported: Reported) -> Sequence[ProposalFact]:
    return [case for case in _cases(reported) if case.form is ProposalForm.COLLECTIVE]


def _in_form(form: ProposalForm) -> "Measure[ProposalFact]":
    return Measure(form.value, FORMS[form], lambda case, _: case.form is form)


def _possible_outcomes(reported: Reported) -> Sequence[Said]:
    """Every outcome that there can be, whether it came to pass or not."""
    plain = ProposalFact(reported.year, "", "")
    passed_on = [
        *(ProposalFact(reported.year, "", "", converted_into=each) for each in Conversion),
        *(ProposalFact(reported.year, "", "", transferred_to=each) for each in Level),
    ]
    return [
        outcome(ProposalFact(reported.year, "", "", number="1")),
        outcome(ProposalFact(reported.year, "", "", refused=True)),
        *map(outcome, passed_on),
        outcome(ProposalFact(reported.year, "", "", merged=True)),
        outcome(ProposalFact(reported.year, "", "", withdrawn=True)),
        outcome(plain),
    ]


REPORTS = (
    Definition(
        id="review",
        title=Said("提案审查情况表", "Review of proposals"),
        rule=Said(
            "本年度收到的全部提案，每件计一次；立案以后撤案、并案的，计入撤案、并案。"
            "只由台账补录的年度，台账未列的不在其中。",
            "All proposals received for the year, each once; those withdrawn or merged after filing"
            " count as that. Where ledgers are the only source, what they leave out is not here.",
        ),
        grouped_by=Said("审查结果", "Outcome"),
        things=_cases,
        groups=lambda case, _: (outcome(case),),
        measures=(
            *(_in_form(form) for form in ProposalForm),
            Measure("returned", Said("退回补充次数", "Times returned"), lambda c, _: c.returned),
            Measure("total", Said("合计", "Total"), lambda case, _: True),
        ),
        described=OF_CASES,
        first=_possible_outcomes,
    ),
    Definition(
        id="by-member",
        title=Said("按提案人统计表", "By proposer"),
        rule=Said(
            "本年度收到的全部提案；联名的，每位提案人各计一次，因此合计是人次。",
            "All proposals received for the year; a joint one counts for each of its proposers, so"
            " that totals are of proposers, not of proposals.",
        ),
        grouped_by=Said("提案人", "Proposer"),
        things=_cases,
        groups=lambda case, _: [same(name) for name in dict.fromkeys(case.proposers)],
        measures=OUTCOMES,
        described=OF_CASES,
    ),
    Definition(
        id="by-form",
        title=Said("按提案类型统计表", "By form"),
        rule=Said(
            "本年度收到的全部提案，每件计一次。", "All proposals received for the year, each once."
        ),
        grouped_by=Said("提出形式", "Form"),
        things=_cases,
        groups=lambda case, _: (FORMS[case.form],),
        measures=OUTCOMES,
        described=OF_CASES,
        first=lambda reported: tuple(FORMS.values()),
    ),
    Definition(
        id="by-body",
        title=Said("按党派、团体、界别、专委会统计表", "By collective body"),
        rule=Said(
            "本年度收到的集体提案，每件计一次；没有注明是何种集体的，单列。",
            "Collective proposals received for the year, each once; those that do not say which"
            " kind of body they come from stand apart.",
        ),
        grouped_by=Said("集体", "Body"),
        things=_collective,
        groups=lambda case, _: (BODIES[case.collective] if case.collective else UNSTATED,),
        measures=OUTCOMES,
        described=OF_CASES,
        first=lambda reported: (*BODIES.values(), UNSTATED),
    ),
)
