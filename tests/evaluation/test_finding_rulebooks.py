"""A rulebook is found by its id: a shipped one, or one that the district adopted and then replaced."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from contracts.evaluation import RulebookAdopted
from evaluation.endpoints.rulebooks import NoSuchRulebook, Rulebooks
from tests.assignment.post_office import DEPLOY, NOON, D, PostOffice

SHENZHEN = (DEPLOY / "rulebooks/shenzhen-2024.toml").read_text("utf-8")


def adopted(rulebook_id: str) -> RulebookAdopted:
    text = SHENZHEN.replace('id = "shenzhen-2024"', f'id = "{rulebook_id}"', 1)
    return RulebookAdopted(
        year=2024, rulebook_id=rulebook_id, version=1, sha256="0" * 64, text=text
    )


@pytest.fixture
async def office(database: str) -> AsyncIterator[PostOffice]:
    async with asyncpg.create_pool(database, min_size=1, max_size=2) as pool:
        yield PostOffice(pool, NOON)


async def test_a_rulebook_that_was_replaced_is_found_in_the_log(office: PostOffice) -> None:
    await office.records(adopted("ours-first"), adopted("ours-second"))
    rulebooks = Rulebooks(office.log, {})
    assert (await rulebooks.find_for(D, 2024, "ours-first", until=2)).id == "ours-first"
    for year, until, asked in ((2024, 1, "ours-second"), (2023, 2, "ours-first")):
        with pytest.raises(NoSuchRulebook, match=asked):
            await rulebooks.find_for(D, year, asked, until=until)
