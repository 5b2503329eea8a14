"""What a case teaches: who has it in the end, whoever had it first."""

from datetime import date

from assignment.endpoints.bulk import precedent_of
from assignment.projections.cases import CASES
from assignment.projections.rows import FILES, PRECEDENTS, PrecedentRow
from contracts.assignment import RoleChanged
from contracts.event import Event
from contracts.handing_down import ProposalHandedDown
from contracts.intake import ProposalFiled, ProposalReceived, ProposalResubmitted
from contracts.numbering import CaseNumberCorrected
from contracts.vocabulary import ProposalForm, Role
from eventlog.readmodels import Origin, Rows
from tests.assignment.cases import (
    CASE,
    CITY_BUREAU,
    EDUCATION,
    FINANCE,
    HOUSING,
    dispatched,
    granted,
    passed_on,
)

RECEIVED = ProposalReceived(
    proposal_id=CASE,
    year=2024,
    title="关于校车安全的建议",
    form=ProposalForm.INDIVIDUAL,
    proposers=("陈一",),
    wished_units=("区教育局",),
)

HANDED_DOWN = ProposalHandedDown(
    proposal_id=CASE,
    year=2024,
    upper_name="深圳市",
    number="20240117",
    unit="龙岗区人民政府",
    role=Role.SOLE,
    dispatched_on=date(2024, 3, 1),
    due_on=date(2024, 6, 1),
)
LEADS = RoleChanged(proposal_id=CASE, unit=EDUCATION, role=Role.LEAD)


def learnt(*events: Event) -> PrecedentRow:
    row = taken(*events).find(PRECEDENTS, CASE)
    assert row is not None
    return row


def taken(*events: Event) -> Rows:
    """The rows after these events, with every row they touch at hand."""
    rows = Rows()
    for position, event in enumerate((RECEIVED, *events), start=1):
        rule = CASES.rules[type(event)]
        for table, key in rule.touches(event):
            if key not in rows.held.get(table, {}):
                rows.hold(table, key, None)
        rule.apply(event, Origin(position, b""), rows)
    return rows


def test_a_case_that_was_passed_on_teaches_who_took_over() -> None:
    teaches = precedent_of(learnt(dispatched(), granted(), passed_on(HOUSING)))
    assert (teaches.leads, teaches.co_units) == ((HOUSING,), ())


def test_a_lead_and_its_co_units_are_told_apart() -> None:
    teaches = precedent_of(learnt(dispatched(), dispatched(FINANCE, Role.CO)))
    assert (teaches.leads, teaches.co_units) == ((EDUCATION,), (FINANCE,))


def test_a_sole_unit_that_came_to_lead_is_the_lead() -> None:
    teaches = precedent_of(learnt(dispatched(role=Role.SOLE), LEADS, dispatched(FINANCE, Role.CO)))
    assert (teaches.leads, teaches.co_units) == ((EDUCATION,), (FINANCE,))


def test_under_an_outside_lead_the_outside_unit_leads() -> None:
    joined = dispatched(FINANCE, Role.CO, reporting=True, lead_unit=CITY_BUREAU)
    teaches = precedent_of(learnt(joined))
    assert (teaches.leads, teaches.co_units) == ((CITY_BUREAU,), (FINANCE,))


def test_what_a_case_is_about_is_what_its_completed_text_says() -> None:
    completed = ProposalResubmitted(proposal_id=CASE, title="关于图书馆延时的建议", body="")
    filed = ProposalFiled(proposal_id=CASE, year=2024, number=CASE, title=completed.title)
    row = learnt(completed, filed)
    assert (row.title, row.number, row.wished_units) == (completed.title, CASE, ["区教育局"])
    assert "图书" in row.pairs
    assert "校车" not in row.pairs


def test_a_corrected_number_is_the_number_of_the_precedent_and_of_the_case() -> None:
    filed = ProposalFiled(proposal_id=CASE, year=2024, number="20240117", title=RECEIVED.title)
    corrected = CaseNumberCorrected(
        proposal_id=CASE, year=2024, was="20240117", number="20240171", reason="末两位写颠倒"
    )
    rows = taken(filed, HANDED_DOWN, corrected)
    file = rows.find(FILES, CASE)
    assert file is not None
    assert [each["number"] for each in file.handed_down] == ["20240171"]
    for row in (rows.find(PRECEDENTS, CASE), rows.find(FILES, CASE)):
        assert row is not None
        assert (row.number, row.title) == ("20240171", RECEIVED.title)
