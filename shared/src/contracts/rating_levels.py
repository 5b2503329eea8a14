"""How an answer may be rated in a place: its levels, what they are called, and what each counts as."""

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from contracts.command import Line
from contracts.reading import Sourced, Words, wrong
from contracts.vocabulary import Satisfaction

AT_LEAST_BASICALLY = frozenset(
    {Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED}
)
DISSATISFIED = frozenset({Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED})
USUAL = (Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED, Satisfaction.DISSATISFIED)
USUAL_IN_ENGLISH = {
    Satisfaction.VERY_SATISFIED: "Very satisfied",
    Satisfaction.SATISFIED: "Satisfied",
    Satisfaction.BASICALLY_SATISFIED: "Basically satisfied",
    Satisfaction.UNDERSTANDING: "Understanding",
    Satisfaction.RESERVED: "Reserved",
    Satisfaction.DISSATISFIED: "Dissatisfied",
    Satisfaction.VERY_DISSATISFIED: "Very dissatisfied",
}


class SatisfactionLevel(Sourced):
    """A level of rating: its place on the common scale, its title here, and what it counts as.

    What is not said follows from the code, as it did before places could say otherwise: the upper
    three count as at least basically satisfied, the lower two as dissatisfied, and a dissatisfied
    proposer sends the case back for another round (`handled_again`).
    """

    code: Satisfaction
    label: Words
    label_en: Words
    counts_as_satisfied: bool
    counts_as_broadly_satisfied: bool | None = None
    counts_as_dissatisfied: bool | None = None
    handled_again: bool | None = None

    @property
    def is_broadly_satisfied(self) -> bool:
        declared = self.counts_as_broadly_satisfied
        return self.code in AT_LEAST_BASICALLY if declared is None else declared

    @property
    def is_dissatisfied(self) -> bool:
        if self.counts_as_dissatisfied is None:
            return self.code in DISSATISFIED and not self.counts_as_satisfied
        return self.counts_as_dissatisfied

    @property
    def goes_back(self) -> bool:
        """Whether the unit has to handle the case again."""
        declared = self.handled_again
        return self.code in DISSATISFIED if declared is None else declared

    @model_validator(mode="after")
    def is_not_both_satisfied_and_dissatisfied(self) -> Self:
        if self.counts_as_dissatisfied and self.counts_as_satisfied:
            raise wrong(
                "同一档不能既算满意又算不满意",
                "cannot count both as satisfied and as dissatisfied",
                ("counts_as_dissatisfied",),
            )
        return self


class OfferedLevel(BaseModel):
    """A level as it is kept with the opening of a rating, so that no rulebook is needed to decide."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: Satisfaction
    label: Line
    label_en: Line
    goes_back: bool


USUAL_OFFER = tuple(
    OfferedLevel(
        code=code,
        label=code.chinese,
        label_en=USUAL_IN_ENGLISH[code],
        goes_back=code in DISSATISFIED,
    )
    for code in USUAL
)


def offered(levels: tuple[SatisfactionLevel, ...]) -> tuple[OfferedLevel, ...]:
    """What proposers may choose from; nothing where it is what is offered everywhere."""
    offer = tuple(
        OfferedLevel(
            code=each.code, label=each.label, label_en=each.label_en, goes_back=each.goes_back
        )
        for each in levels
    )
    return () if offer == USUAL_OFFER else offer
