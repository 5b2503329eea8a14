"""What came of computing a receipt again: that it agrees, or what differs and where the log begins to."""

from contracts.figures import Figure


class ReceiptDifference(Figure):
    """Something that a receipt says and the log does not, by its path in the receipt."""

    path: str
    label: str
    label_en: str
    claimed: str
    computed: str


class AlteredEvent(Figure):
    """The first event that is not the one that was signed, or that does not fit the others."""

    position: int
    why: str
    why_en: str


class Recomputed(Figure):
    """A receipt beside what the log gives, as of the receipt's position.

    `root` and `digest` are computed anew; without figures, because the log is another one, the digest
    is empty. `is_signed` says that a checkpoint which this log signed vouches for the receipt's root.
    Where other rules of the program made the receipt, `same_rules` is false and only what the receipt
    tells of was compared.
    """

    district: str
    year: int
    position: int
    agrees: bool
    root: str
    digest: str
    score: str = ""
    is_signed: bool
    same_rules: bool
    altered: AlteredEvent | None = None
    differences: tuple[ReceiptDifference, ...] = ()
