"""Formulas of how many of the proposals that came in were filed, before and after merging."""

from collections.abc import Callable

from contracts.figures import CaseNote
from evaluation.decisions.rates.formula import Formula, Measured, Tally, Thing, tallied
from evaluation.decisions.rates.naming import RateName
from evaluation.decisions.wording import Said
from evaluation.state import ProposalFact


def filed_before_merging(measured: Measured) -> Tally:
    return _of_received(measured, lambda proposal: bool(proposal.number) or proposal.merged)


def filed_after_merging(measured: Measured) -> Tally:
    return _of_received(measured, lambda proposal: bool(proposal.number) and not proposal.merged)


def _of_received(measured: Measured, is_filed: Callable[[ProposalFact], bool]) -> Tally:
    if measured.proposals is None:
        absent = Said("没有收案情况的记录", "there is no record of what came in")
        return Tally(0, 0, (), absent=absent)
    ordered = sorted(measured.proposals, key=lambda each: (each.number, each.proposal_id))
    return tallied(Thing(is_filed(each), _note(each)) for each in ordered)


def _note(proposal: ProposalFact) -> CaseNote:
    why = _outcome(proposal)
    return CaseNote(
        proposal_id=proposal.proposal_id,
        number=proposal.number or proposal.proposal_id,
        title=proposal.title,
        why=why.chinese,
        why_en=why.english,
        positions=tuple(sorted(proposal.positions.values())),
    )


def _outcome(proposal: ProposalFact) -> Said:
    if proposal.merged:
        return Said("已并案", "merged into another")
    if proposal.refused:
        return Said("不予立案", "not filed")
    if proposal.converted_into is not None:
        return Said(f"转为{proposal.converted_into.chinese}", "passed on as something else")
    if proposal.transferred_to is not None:
        return Said(f"转送{proposal.transferred_to.chinese}", "handed over to another level")
    if proposal.number:
        return Said("已立案", "filed")
    return Said("尚未立案", "not filed yet")


FORMULAS = (
    Formula(
        id="filing.before_merging.v1",
        rate=RateName.FILING,
        text="立案率＝立案的提案件数÷收到的提案件数。并案的计入立案。",
        text_en="Proposals filed ÷ proposals received. Those that were merged count as filed.",
        counted="本年度收到的全部提案，含不予立案、尚未立案和撤案的。",
        counted_en="All proposals received for the year, with those refused, not filed yet and"
        " withdrawn.",
        tally=filed_before_merging,
    ),
    Formula(
        id="filing.after_merging.v1",
        rate=RateName.FILING,
        text="立案率＝并案以后的立案件数÷收到的提案件数。并入他案的不计入立案。",
        text_en="Cases after merging ÷ proposals received. Those merged into another do not count"
        " as filed.",
        counted="本年度收到的全部提案，含不予立案、尚未立案和撤案的。",
        counted_en="All proposals received for the year, with those refused, not filed yet and"
        " withdrawn.",
        tally=filed_after_merging,
    ),
)
