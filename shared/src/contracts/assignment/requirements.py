"""What the rulebook of the year asks of a unit before it may answer; kept with its dispatch."""

from pydantic import BaseModel, ConfigDict

from contracts.command import Line
from contracts.vocabulary import ContactStage


class Requirements(BaseModel):
    """The guards that are switched on for an assignment. A place that says nothing has none of them.

    `contacts` are the stages of contact that come before the answer; a visit that the proposer
    declined counts. `evidence_for` and `commitments_for` are result classes: no answer in the
    first without evidence, none in the second without a dated commitment.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    contacts: tuple[ContactStage, ...] = ()
    leader_signs: bool = False
    reviewed: bool = False
    full_letter: bool = False
    evidence_for: tuple[Line, ...] = ()
    commitments_for: tuple[Line, ...] = ()
