"""The units that a proposal wishes for are those of the directory."""

from uuid import uuid4

import pytest

from contracts.identity import Actor
from contracts.vocabulary import ActorRole, ProposalForm
from eventlog import Intent, Provenance
from hosting.directories import Directories
from intake.commands import SaveDraft
from intake.decisions.refusals import WishedUnitUnknown
from intake.endpoints.guarding import wishing_known_units
from tests.intake.stories import AT
from tests.ledger.spreadsheets import DISTRICT

DIRECTORIES = Directories({DISTRICT.code: DISTRICT})


def wished(*units: str) -> tuple[str, ...]:
    """The units of a draft that wishes for these, as they would be saved."""
    draft = SaveDraft(
        at=AT,
        proposal_id="p-1",
        year=2024,
        title="关于错峰放学的建议",
        form=ProposalForm.INDIVIDUAL,
        proposers=("委员甲",),
        wished_units=units,
    )
    member = Actor(subject="member", name="委员甲", role=ActorRole.PROPOSER, district="longgang")
    intent = Intent(draft, uuid4(), Provenance(actor=member, correlation_id=uuid4()))
    return wishing_known_units(DIRECTORIES, "longgang", intent).command.wished_units


def test_a_unit_of_the_directory_is_saved_by_its_name_and_once() -> None:
    assert wished("区教育局", "龙岗区教育局", "深圳市教育局") == ("龙岗区教育局", "深圳市教育局")
    assert wished() == ()


def test_a_unit_that_nobody_knows_is_refused() -> None:
    with pytest.raises(WishedUnitUnknown) as refused:
        wished("区教育局", "不存在局")
    assert "建议承办单位“不存在局”不在本区单位名录中。请按名录" in refused.value.chinese


def test_the_nearest_name_of_the_directory_is_offered() -> None:
    with pytest.raises(WishedUnitUnknown) as refused:
        wished("龙岗区教肓局")
    assert "是不是“龙岗区教育局”？" in refused.value.chinese
    assert "Is it “龙岗区教育局”?" in refused.value.in_english
