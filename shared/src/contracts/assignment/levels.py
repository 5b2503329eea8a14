"""What the upper level learns of a part that a district handles in a case of its own."""

from typing import ClassVar

from contracts.assignment.basis import AssignmentEvent


class LowerCaseOpened(AssignmentEvent):
    """The district that was given this part handles it in a case of its own log (区里接件)."""

    type: ClassVar[str] = "tian.assignment.lower_case_opened.v1"

    lower_district: str
    lower_proposal_id: str
