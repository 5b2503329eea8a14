"""What can go wrong with receipts and with figures out of a bundle, as sentences that say what to do."""

from typing import ClassVar

from tian.failures import Failure


class ReceiptUnusable(Failure):
    """{path}：{reason}"""

    english = "{path}: {reason_en}"
    exit_status: ClassVar[int] = 2


class OtherDistrict(Failure):
    """凭据是 {wanted} 的，证据包是 {found} 的日志。请换用 {wanted} 的证据包。"""

    english = (
        "The receipt is of {wanted}, the bundle holds the log of {found}. Take that of {wanted}."
    )
    exit_status: ClassVar[int] = 2


class LogTooShort(Failure):
    """凭据截至日志第 {position} 条，这里只有 {found} 条。请取一份更新的证据包，或核对所连的数据库。"""

    english = (
        "The receipt is of the first {position} events, and there are only {found} here. Get a newer "
        "bundle, or see whether this is the right database."
    )
    exit_status: ClassVar[int] = 2


class CannotReplay(Failure):
    """日志第 {position} 条读不出来（{reason}），无法由它算出指标。请先用 tian verify 核验。"""

    english = (
        "Event {position} of the log cannot be read ({reason_en}), so no figures follow from it. "
        "First verify it: tian verify"
    )


class NotAPosition(Failure):
    """从证据包计算，只能用 --as-of 给出日志位次，如 1200；“{asked}”不是。"""

    english = (
        "Out of a bundle, figures are as of a position of the log, such as --as-of 1200; "
        "{asked!r} is none."
    )
    exit_status: ClassVar[int] = 2


class NoSuchRulebook(Failure):
    """没有编号为“{asked}”的规则：它既不是文件，也不在随附的规则里（{known}），证据包里也没有采用过。"""

    english = (
        "There is no rulebook {asked}: it is no file, is not among those that are shipped ({known}), "
        "and was not adopted in the bundle."
    )
    exit_status: ClassVar[int] = 2


class RulebookUnusable(Failure):
    """{reason}"""

    english = "{reason_en}"


class DistrictMissing(Failure):
    """请用 --district 给出区的代码，或用 --bundle 给出证据包。"""

    english = "Give the code of the district with --district, or a bundle with --bundle."
    exit_status: ClassVar[int] = 2
