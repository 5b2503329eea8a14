"""`tian figures --bundle`: a year out of a bundle alone, under the adopted rulebook and under others."""

from dataclasses import dataclass
from pathlib import Path

from contracts.figures import Figures
from contracts.refusal import Refused
from contracts.rulebook import Rulebook
from evaluation.decisions.adopting import read_with_formulas
from evaluation.decisions.beside import side_by_side
from evaluation.endpoints.recomputing import Replay
from tian.asking import names_a_file
from tian.empty_years import with_something_in_it
from tian.home import shipped
from tian.printing_both import print_both
from tian.printing_figures import print_figures
from tian.receipt_failures import (
    LogTooShort,
    NoSuchRulebook,
    NotAPosition,
    OtherDistrict,
    RulebookUnusable,
)
from tian.replaying import BundledEvents, opened_bundle, replayed
from tian.sample_year import read_rulebook_text


@dataclass(frozen=True)
class BundleWishes:
    """What the caller of `tian figures --bundle` asked for."""

    bundle: Path
    district: str
    year: int
    as_of: str = ""
    rulebook: str | None = None


async def show_figures(wishes: BundleWishes, *, as_json: bool) -> int:
    """Show a year's figures from a bundle; with a rulebook, those of both side by side.

    Raises BundleDamaged, OtherDistrict, LogTooShort, NotAPosition, CannotReplay, NoSuchRulebook or
    EmptyYear.
    """
    bundle = opened_bundle(wishes.bundle)
    if wishes.district and wishes.district != bundle.district:
        raise OtherDistrict(wanted=wishes.district, found=bundle.district)
    size = _position(wishes.as_of, bundle.events)
    replay = await replayed(BundledEvents(bundle), bundle.district, size)
    if replay.position < size:
        raise LogTooShort(position=size, found=replay.position)
    adopted = replay.adopted(wishes.year)
    own = with_something_in_it(
        await replay.figures(wishes.year, adopted.rulebook if adopted else None)
    )
    if wishes.rulebook is None:
        _show_one(own, as_json=as_json)
        return 0
    other = await replay.figures(wishes.year, _rulebook(wishes.rulebook, replay))
    both = side_by_side(own, other)
    if as_json:
        print(both.model_dump_json(indent=2))
    else:
        print_both(both)
    return 0


def _show_one(figures: Figures, *, as_json: bool) -> None:
    if as_json:
        print(figures.model_dump_json(indent=2))
    else:
        print_figures(figures)


def _position(as_of: str, events: int) -> int:
    if not as_of:
        return events
    if not as_of.isascii() or not as_of.isdecimal():
        raise NotAPosition(asked=as_of)
    return int(as_of)


def _rulebook(asked: str, replay: Replay) -> Rulebook:
    """A file, the id of a shipped rulebook, or "adopted-2023": what the bundle says was adopted."""
    if names_a_file(asked):
        return _understood(read_rulebook_text(Path(asked)))
    known = {file.stem: file for file in sorted(shipped("rulebooks").glob("*.toml"))}
    if asked in known:
        return _understood(known[asked].read_text(encoding="utf-8"))
    year = asked.removeprefix("adopted-")
    adopted = replay.adopted(int(year)) if year != asked and year.isdecimal() else None
    if adopted is None:
        raise NoSuchRulebook(asked=asked, known=", ".join(known))
    return adopted.rulebook


def _understood(text: str) -> Rulebook:
    try:
        return read_with_formulas(text)
    except Refused as error:
        raise RulebookUnusable(reason=error.chinese, reason_en=error.in_english) from error
