"""What a ledger brings into intake: rows, clues, and the import as a whole."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contracts.importing import ClueAdopted, LedgerImported, LedgerRowRecorded
from contracts.intake import (
    CaseNumberAssigned,
    IntakeEvent,
    ProposalFiled,
    ProposalMerged,
    ProposalReceived,
    ProposalRefused,
    ProposalWithdrawn,
)
from contracts.ledger import LedgerRow
from contracts.marking import ProposalMarkedKey
from contracts.vocabulary import ProposalForm, RefusalReason, Role
from eventlog.testing import Rules
from intake.commands import AdoptClue, RecordLedgerImport, RecordLedgerRow
from intake.decisions import decide
from intake.decisions.differences import HEADINGS
from intake.decisions.refusals import ClueDiffers, ClueInFuture, LedgerRowDiffers, NotFromALedger
from intake.state import INITIAL, evolve

given = Rules(decide, evolve, INITIAL).given

AT = datetime(2024, 11, 20, 9, tzinfo=UTC)

row = LedgerRow(
    number="20240104",
    title="关于推动社区长者食堂可持续运营的建议",
    form=ProposalForm.COLLECTIVE,
    proposers=("致公党市委会",),
    role=Role.LEAD,
    own_units=("区民政局",),
    co_units=("区财政局",),
    dispatched_on=date(2024, 3, 1),
    replied_on=date(2024, 7, 3),
)


def a_row_command(**changes: Any) -> RecordLedgerRow:
    told: dict[str, Any] = {
        "at": AT,
        "year": 2024,
        "row": row,
        "ledger_name": "2024台账.xlsx",
        "ledger_sha256": "ab" * 32,
        "sheet": "提案",
        "sheet_row": 5,
    }
    return RecordLedgerRow(**told | changes)


row_received = ProposalReceived(
    proposal_id="20240104",
    year=2024,
    title=row.title,
    form=ProposalForm.COLLECTIVE,
    proposers=("致公党市委会",),
)
row_filed = ProposalFiled(proposal_id="20240104", year=2024, number="20240104", title=row.title)
row_numbered = CaseNumberAssigned(year=2024, number="20240104", proposal_id="20240104")
row_recorded = LedgerRowRecorded(
    proposal_id="20240104",
    year=2024,
    row=row,
    ledger_name="2024台账.xlsx",
    ledger_sha256="ab" * 32,
    sheet="提案",
    sheet_row=5,
)
IMPORTED = (row_received, row_filed, row_numbered, row_recorded)


def test_a_row_of_a_ledger_brings_a_proposal_in_and_files_it() -> None:
    given().when(a_row_command()).then(row_received, row_filed, row_numbered, row_recorded)


def test_the_same_case_number_in_two_years_is_two_proposals() -> None:
    short = row.model_copy(update={"number": "104"})
    first, second = a_row_command(row=short), a_row_command(row=short, year=2025)
    assert (first.proposal_id, second.proposal_id) == ("2024-104", "2025-104")
    streams = {
        event.stream
        for command in (first, second)
        for event in decide(command, INITIAL)
        if isinstance(event, CaseNumberAssigned)
    }
    assert streams == {"number-2024-104", "number-2025-104"}


def test_a_clue_is_not_adopted_tomorrow() -> None:
    told: dict[str, Any] = {
        "at": AT,
        "year": 2024,
        "number": "线-1",
        "title": "试办",
        "unit": "区教育局",
    }
    tomorrow = AdoptClue(**told, adopted_on=date(2024, 11, 21))
    given().when(tomorrow).refused(ClueInFuture)
    late_evening_in_greenwich = datetime(2024, 11, 20, 22, tzinfo=UTC)
    assert decide(tomorrow.model_copy(update={"at": late_evening_in_greenwich}), INITIAL)


def test_a_key_row_is_marked_as_a_key_proposal() -> None:
    key_row = row.model_copy(update={"key": True, "fabricated": True})
    given().when(a_row_command(row=key_row)).then(
        row_received.model_copy(update={"fabricated": True}),
        row_filed,
        row_numbered,
        ProposalMarkedKey(proposal_id="20240104"),
        row_recorded.model_copy(update={"row": key_row}),
    )


def test_the_same_row_once_more_changes_nothing_though_the_ledger_has_another_name() -> None:
    given(*IMPORTED).when(
        a_row_command(ledger_name="台账（改）.xlsx", ledger_sha256="cd" * 32, sheet_row=9)
    ).then()


def test_the_same_row_once_more_changes_nothing_after_a_withdrawal_or_a_mark() -> None:
    gone = ProposalWithdrawn(proposal_id="20240104", reason="提案人撤回")
    key = ProposalMarkedKey(proposal_id="20240104")
    given(*IMPORTED, key, gone).when(a_row_command()).then()


def test_a_row_that_differs_is_refused_with_each_field_and_both_values() -> None:
    changed = row.model_copy(
        update={
            "replied_on": date(2024, 7, 5),
            "role": Role.CO,
            "co_units": (),
            "document_number": "深龙民函〔2024〕31号",
        }
    )
    logged = row.model_copy(update={"key": True})
    changed = changed.model_copy(update={"key": False})
    recorded = row_recorded.model_copy(update={"row": logged})
    refusal = (
        given(*IMPORTED[:-1], recorded).when(a_row_command(row=changed)).refused(LedgerRowDiffers)
    )
    assert refusal.facts["differences"] == (
        "重点已登记为“是”，这次为“否”；"
        "办理类型已登记为“主办”，这次为“会办”；"
        "会办已登记为“区财政局”，这次为“（空）”；"
        "答复日期已登记为“2024-07-03”，这次为“2024-07-05”"
    )
    assert refusal.facts["differences_in_english"] == (
        "key proposal (重点) is logged as “yes”, here it is “no”; "
        "role (办理类型) is logged as “lead (主办)”, here it is “co (会办)”; "
        "co-units (会办) is logged as “区财政局”, here it is “(empty)”; "
        "replied on (答复日期) is logged as “2024-07-03”, here it is “2024-07-05”"
    )


def test_every_field_of_a_row_has_a_heading() -> None:
    assert set(HEADINGS) == set(LedgerRow.model_fields)


withdrawn_here = ProposalWithdrawn(proposal_id="20240104", reason="已另行解决")
merged_here = ProposalMerged(
    proposal_id="20240104", into_proposal_id="20240105", proposers=("致公党市委会",)
)
refused_here = ProposalRefused(
    proposal_id="20240104", reason=RefusalReason.PROMOTION, notice="已书面告知。"
)


@pytest.mark.parametrize(
    "since",
    [(), (row_filed,), (refused_here,), (row_filed, merged_here), (row_filed, withdrawn_here)],
)
def test_a_row_does_not_take_the_place_of_what_was_recorded_here(
    since: tuple[IntakeEvent, ...],
) -> None:
    given(row_received, *since).when(a_row_command()).refused(NotFromALedger)


adopt = AdoptClue(
    at=AT,
    year=2024,
    number="1",
    title="关于适老化改造的线索",
    unit="区住房建设局",
    adopted_on=date(2024, 1, 9),
)
adopted = ClueAdopted(
    year=2024,
    number="1",
    title="关于适老化改造的线索",
    unit="区住房建设局",
    adopted_on=date(2024, 1, 9),
)


def test_a_clue_is_adopted_once() -> None:
    given().when(adopt).then(adopted).when(adopt).then()


def test_another_clue_under_the_same_number_is_refused() -> None:
    given(adopted).when(adopt.model_copy(update={"title": "另一条线索"})).refused(ClueDiffers)


def test_the_same_number_in_another_year_is_another_clue() -> None:
    given(adopted).when(adopt.model_copy(update={"year": 2025})).then(
        adopted.model_copy(update={"year": 2025})
    )


def an_import(written: int, unchanged: int) -> RecordLedgerImport:
    return RecordLedgerImport(
        at=AT,
        year=2024,
        ledger_name="2024台账.xlsx",
        ledger_sha256="ab" * 32,
        written_rows=written,
        unchanged_rows=unchanged,
        skipped_rows=1,
    )


def an_imported(written: int, unchanged: int) -> LedgerImported:
    return LedgerImported(
        year=2024,
        ledger_name="2024台账.xlsx",
        ledger_sha256="ab" * 32,
        written_rows=written,
        unchanged_rows=unchanged,
        skipped_rows=1,
    )


def test_an_import_is_recorded_with_its_counts() -> None:
    given().when(an_import(33, 0)).then(an_imported(33, 0))


def test_an_import_that_found_nothing_new_is_recorded_only_the_first_time() -> None:
    given().when(an_import(0, 33)).then(an_imported(0, 33)).when(an_import(0, 33)).then()
    given(an_imported(33, 0)).when(an_import(0, 33)).then()


def test_an_import_that_only_told_more_is_recorded_again() -> None:
    more = an_import(0, 30).model_copy(update={"continued_rows": 3})
    recorded = an_imported(0, 30).model_copy(update={"continued_rows": 3})
    given(an_imported(33, 0)).when(more).then(recorded).when(an_import(0, 33)).then()


def test_an_import_that_was_cut_short_and_goes_on_is_recorded_again() -> None:
    given(an_imported(20, 0)).when(an_import(13, 20)).then(an_imported(13, 20))
