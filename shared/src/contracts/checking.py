"""What the check of a document (文稿自检) says: each contradiction, its arithmetic, how sure it is."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Kind(StrEnum):
    """What disagrees with what."""

    PARTS = "parts"
    SHARE = "share"
    RATE = "rate"
    REPEAT = "repeat"
    CHANGE = "change"
    NUMBERING = "numbering"
    COUNT = "count"
    RECORD = "record"


class Certainty(StrEnum):
    """How sure a finding is: 确定, 很可能, 存疑."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


class Place(BaseModel):
    """A stretch of the text as given; counted in characters (code points) from 0, end excluded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int


class Finding(BaseModel):
    """One contradiction. The first place is the figure or marker the sentence is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    certainty: Certainty
    sentence: str
    places: tuple[Place, ...]
    arithmetic: str = Field(
        description="Like «2 + 2 + 1 = 5 ≠ 10»; empty where nothing is computed"
    )
    message: str
    message_en: str
    right: str = Field(description="What would be right")
    right_en: str
    support: str = Field(default="", description="What else in the text speaks for it")
    support_en: str = ""


class CheckedDocument(BaseModel):
    """A text and everything found in it, in the order of the text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    text: str
    figures: int = Field(description="How many figures were read")
    findings: tuple[Finding, ...]
