"""What intake says no to, and what would be right instead."""

from typing import ClassVar

from contracts.refusal import Refused


class ProposalUnknown(Refused):
    """没有编号为“{proposal_id}”的提案。请核对编号，或者先登记收案。"""

    english: ClassVar[str] = (
        "There is no proposal {proposal_id}. Check the id, or receive it first."
    )


class AlreadyReceived(Refused):
    """编号“{proposal_id}”已登记为《{title}》，与这次提交的内容不同。另一件提案请另用编号；更正内容请撤案后重新提交。"""

    english: ClassVar[str] = (
        "{proposal_id} was received as “{title}”, which differs from this. Give another proposal"
        " another id; to correct this one, withdraw it and hand it in again."
    )


class AlreadyFiled(Refused):
    """提案已立案，案号为第{number}号，不能再次立案，也不能再作不予立案处理。案号编错的，请办理更正案号；需要终止的，请办理撤案或者并案。"""

    english: ClassVar[str] = (
        "The proposal is filed as No. {number}; it is not filed again and cannot be refused any"
        " more. If the number is wrong, correct it; to end the proposal, withdraw or merge it."
    )


class FiledInAnotherCategory(Refused):
    """提案已立案，案号为第{number}号，提案类别为“{category}”。要更正类别的，请办理归类。"""

    english: ClassVar[str] = (
        "The proposal is filed as No. {number}, in the category {category_in_english}. To correct"
        " that, categorise it."
    )


class CaseNumberTaken(Refused):
    """案号{number}在{year}年度已用于《{title}》，一个案号只用于一件提案。请另编案号；就是这一件的，请在系统中继续办理；那一件编错的，请先更正其案号。"""

    english: ClassVar[str] = (
        "Case number {number} of {year} belongs to “{title}”; a number is given once. Give this"
        " proposal another; if it is the same one, go on with it here; if that one has it by mistake,"
        " correct its number first."
    )


class AlreadyRefused(Refused):
    """提案已作不予立案处理，理由是“{reason}”。请提案人修改后作为新提案提交。"""

    english: ClassVar[str] = (
        "The proposal was refused ({reason}). Its proposers may revise it and hand it in as a new"
        " proposal."
    )


class AlreadyMerged(Refused):
    """提案已并入“{into_proposal_id}”办理。请在该提案中办理。"""

    english: ClassVar[str] = "The proposal is handled together with {into_proposal_id}. Act there."


class AlreadyWithdrawn(Refused):
    """提案已撤案，理由是“{reason}”。需要继续办理的，请作为新提案提交。"""

    english: ClassVar[str] = (
        "The proposal was withdrawn ({reason}). To go on with it, hand it in as a new proposal."
    )


class MergeTargetUnknown(Refused):
    """没有编号为“{into_proposal_id}”的提案，不能并入。请核对并入提案的编号。"""

    english: ClassVar[str] = (
        "There is no proposal {into_proposal_id} to merge into. Check the id of that proposal."
    )


class MergeTargetOver(Refused):
    """“{into_proposal_id}”已{state}，不能并入。请并入一件已收案或者已立案的提案。"""

    english: ClassVar[str] = (
        "Proposal {into_proposal_id} was {state_in_english} and takes no other in. Merge into one"
        " that is received or filed."
    )


class WishedUnitUnknown(Refused):
    """建议承办单位“{unit}”不在本区单位名录中。{guess}请按名录填写全称或者简称；不清楚由谁承办的，可以空着。"""

    english: ClassVar[str] = (
        "The unit {unit} that is wished for is not in the directory of this district."
        "{guess_in_english} Write a name or short form that is, or leave it open."
    )


class ClueInFuture(Refused):
    """线索采用日期{adopted_on}晚于今天（{today}）。请填写实际采用的日期。"""

    english: ClassVar[str] = (
        "The clue is dated {adopted_on}, but today is {today}; give the day it was adopted."
    )


class NoticeMissing(Refused):
    """不予立案须书面告知提案人。请填写告知内容，写明理由和意见建议的转送去向。"""

    english: ClassVar[str] = (
        "Proposers are told in writing why their proposal is not filed. Write the notice: the"
        " reason, and where the suggestion was passed on to."
    )


class WithdrawalReasonMissing(Refused):
    """撤案须说明理由。请填写撤案理由。"""

    english: ClassVar[str] = "A withdrawal needs a reason. State it."


class MergedIntoItself(Refused):
    """提案不能并入自身。请填写并入的另一件提案的编号。"""

    english: ClassVar[str] = "A proposal is not merged into itself. Name the other proposal."


class LedgerRowDiffers(Refused):
    """第{number}号已按台账登记，这次的内容与登记的不一致：{differences}。后来的台账可以补上原来空白的，不能改动或者删去已登记的；确有变化的，请在系统中办理相应事项，否则请改正台账。"""

    english: ClassVar[str] = (
        "No. {number} is logged from a ledger and this row differs: {differences_in_english}. A"
        " later ledger may fill in what was blank; it does not change or take away what is logged."
        " If something has happened since, record it as such; otherwise correct the ledger."
    )


class LimitOfALaterLedger(Refused):
    """第{number}号登记时台账没有写答复期限，期限已按规则手册算定，后来的台账不能另定（这次为“{due_on}”）。请在台账中清空该格；确需改期的，请在系统中办理延期。"""

    english: ClassVar[str] = (
        "The ledger that brought No. {number} in named no limit, so the rulebook's holds since; a"
        " later ledger does not set another ({due_on}). Clear the cell; to move the limit, grant an"
        " extension."
    )


class RatingHasItsDay(Refused):
    """第{number}号的评价登记时没有写日期，已按答复日期{day}生效，不能再改为“{rated_on}”。请在台账中清空评价日期，或者写{day}。"""

    english: ClassVar[str] = (
        "The rating of No. {number} was logged without a day and counts as of the answer, {day};"
        " it does not move to {rated_on}. Clear the day of rating, or write {day}."
    )


class KeyMarkWasTakenBack(Refused):
    """第{number}号曾确定为重点提案，后已取消（{reason}），台账不能重新确定。请在系统中确定重点提案，或者改正台账。"""

    english: ClassVar[str] = (
        "No. {number} was a key proposal and is none any more ({reason}); a ledger does not mark it"
        " again. Mark it in the system, or correct the ledger."
    )


class CategorisedOtherwise(Refused):
    """第{number}号已在系统中归入“{logged}”类，台账所载为“{told}”类。要更正的，请在系统中办理归类，或者改正台账。"""

    english: ClassVar[str] = (
        "No. {number} was put into the category {logged_en} in the system; the ledger says"
        " {told_en}. Categorise it there again, or correct the ledger."
    )


class NotFromALedger(Refused):
    """第{number}号已在系统中登记，不是由台账导入的。请从台账中删去这一行，在系统中继续办理。"""

    english: ClassVar[str] = (
        "No. {number} is already in the log, and not from a ledger. Take this row out of the"
        " ledger and go on with the case here."
    )


class ClueDiffers(Refused):
    """{year}年第{number}号线索已登记为“{title}”（{unit}，{adopted_on}采用），与这次的内容不同。请核对线索编号；另一条线索请另用编号。"""

    english: ClassVar[str] = (
        "Clue {number} of {year} is logged as “{title}” ({unit}, adopted on {adopted_on}), which"
        " differs from this. Check its number; give another clue another number."
    )
