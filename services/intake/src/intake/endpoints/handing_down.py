"""The upper level's list (上级交办清单): each row becomes a case here that awaits its dispatch."""

from collections.abc import Sequence
from datetime import datetime, time

from contracts.deadlines import deadlines_of
from contracts.handing_down import HandedDown, ProposalHandedDown
from contracts.ledger import proposal_id_of
from contracts.vocabulary import CHINA, Role
from contracts.working_days import WorkingCalendar
from intake.commands import IntakeCommand, ReceiveFromAbove
from intake.endpoints.importing import Import
from ledger import PlacedRow


class HandedDownList(Import):
    """A list of what the upper level dispatched, on its way into one district's year.

    It is read as a ledger is. A row says what the upper level asks for, not what was done, so what
    the district's own units do with it is dispatched here.
    """

    upper_name: str = "市政府督查室"
    calendar: WorkingCalendar | None = None

    async def _look_up(self, placed: Sequence[PlacedRow]) -> None:
        await super()._look_up(placed)
        streams = [self._row_command(each).stream for each in placed]
        log = self._desk.handling.log
        for stream, history in (await log.read_streams(self._district, streams)).items():
            self._times[stream] = sum(each.type == ProposalHandedDown.type for each in history)

    def _row_command(self, placed: PlacedRow) -> IntakeCommand:
        row = placed.row
        return ReceiveFromAbove(
            at=datetime.combine(row.dispatched_on, time(), CHINA),
            proposal_id=self._holders.get(row.number) or proposal_id_of(self._year, row.number),
            year=self._year,
            title=row.title,
            form=row.form,
            proposers=row.proposers,
            key=row.key,
            fabricated=row.fabricated,
            category=row.category,
            handed_down=HandedDown(
                upper_name=self.upper_name,
                number=row.number,
                unit=row.own_units[0],
                role=row.role,
                lead_unit=row.lead_unit if row.role is Role.CO else None,
                co_units=tuple(unit for unit in row.co_units if unit not in row.own_units),
                dispatched_on=row.dispatched_on,
                due_on=deadlines_of(row, self._rulebook, self.calendar).due_on,
            ),
        )
