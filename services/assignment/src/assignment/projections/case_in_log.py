"""One case as the log has it at this moment: what a command is decided on, while rows may lag."""

from assignment.projections.cases import CASES
from assignment.projections.reading import CaseView, find_case
from eventlog import EventLog
from eventlog.readmodels import apply
from eventlog.replaying import Remembered


async def case_in_log(log: EventLog, district: str, proposal_id: str) -> CaseView | None:
    """The case by the rules that fill the rows, from its own streams; without what came of ratings.

    Raises UnknownEvent where a newer process recorded something that this one does not know.
    """
    streams = [f"proposal-{proposal_id}", f"case-{proposal_id}"]
    histories = await log.read_streams(district, streams)
    rows = Remembered()
    events = [
        (recorded.position, recorded.type, recorded.body)
        for history in histories.values()
        for recorded in history
    ]
    apply(CASES.read(events), rows)
    return await find_case(rows, proposal_id)
