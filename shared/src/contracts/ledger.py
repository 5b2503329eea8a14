"""One row of a ledger (台账): what a spreadsheet says of a proposal and of what was done with it."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from contracts.vocabulary import Openness, ProposalCategory, ProposalForm, Role, Satisfaction


def proposal_id_of(year: int, number: str, nth: int = 1) -> str:
    """The id of a proposal that a ledger tells of; numbers begin again each year in some places.

    A number that was given by mistake and then corrected is another's afterwards: `nth` counts the
    proposals that have had it, from 1.
    """
    first = number if number.startswith(str(year)) else f"{year}-{number}"
    return first if nth == 1 else f"{first}.{nth}"


class LedgerRow(BaseModel):
    """A proposal with everything that had happened to it when the ledger was written.

    The dates of signing, contacts, opinion and reply belong to the district's own units in the
    role that the district has in this case; `co_opinions_on` is when the opinions of a lead
    unit's co-units were complete.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = Field(description="Case number (案号), kept as text with its leading zeros")
    title: str
    form: ProposalForm
    proposers: tuple[str, ...]
    key: bool = Field(default=False, description="重点提案")
    fabricated: bool = Field(default=False, description="Made up for a sample, and marked so")
    role: Role = Field(description="The district's role in this case")
    lead_unit: str | None = None
    split_units: tuple[str, ...] = ()
    co_units: tuple[str, ...] = ()
    own_units: tuple[str, ...] = Field(description="Units of this district that act in `role`")
    dispatched_on: date
    due_on: date | None = Field(default=None, description="A limit the ledger names itself")
    signed_on: date | None = None
    contacted_before_on: date | None = None
    contacted_during_on: date | None = None
    contacted_after_on: date | None = None
    co_opinions_on: date | None = None
    replied_on: date | None = Field(
        default=None, description="Answer issued; for co-handling, own opinion handed over"
    )
    document_number: str | None = Field(default=None, description="文号 of the answer")
    result_class: str | None = Field(default=None, description="办理结果类别, a rulebook's letter")
    openness: Openness | None = None
    satisfaction: Satisfaction | None = None
    rated_on: date | None = None
    remark: str | None = None
    category: ProposalCategory | None = None

    @property
    def rating(self) -> tuple[Satisfaction, date] | None:
        """How it was rated, and when; where no day is written, the latest day that is."""
        if self.satisfaction is None:
            return None
        return self.satisfaction, self.rated_on or self.replied_on or self.dispatched_on


class LedgerClue(BaseModel):
    """A clue (提案线索) that the district offered and that was adopted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    title: str
    unit: str
    adopted_on: date
    fabricated: bool = False
    remark: str | None = None
