"""Edits of a bundle that somebody makes who wants to deceive."""

from eventlog.bundles.layout import events_content, events_file, events_in
from eventlog.proving.hashing import SHA256
from tests.eventlog.bundles.packing import Files
from tests.eventlog.proving.writing import raised

FIRST = events_file(1)


def edit_an_event(files: Files) -> None:
    bodies = events_in(1, files[FIRST])
    bodies[22] = bodies[22].replace(b'"to":', b'"to":9', 1)
    files[FIRST] = events_content(1, bodies)


def edit_an_event_and_its_leaf(files: Files) -> None:
    edit_an_event(files)
    leaves = SHA256.leaves(events_in(1, files[FIRST]))
    files["tile/0/000.p/41"] = b"".join(leaves)


def swap_two_events(files: Files) -> None:
    bodies = events_in(1, files[FIRST])
    bodies[22], bodies[30] = bodies[30], bodies[22]
    files[FIRST] = events_content(1, bodies)


def leave_out_an_event(files: Files) -> None:
    bodies = events_in(1, files[FIRST])
    del bodies[22]
    files[FIRST] = events_content(1, bodies)


def add_an_event(files: Files) -> None:
    bodies = events_in(1, files[FIRST])
    files[FIRST] = events_content(1, [*bodies, raised("forged", 1).body])


def cut_off_the_end(files: Files) -> None:
    files[FIRST] = events_content(1, events_in(1, files[FIRST])[:22])


def remove_the_events(files: Files) -> None:
    del files[FIRST]


def break_the_file_of_events(files: Files) -> None:
    files[FIRST] = files[FIRST][:-5]


def edit_a_note(files: Files) -> None:
    name = "checkpoints/000000000001.jsonl"
    files[name] = files[name].replace(b"\\n24\\n", b"\\n25\\n")


def remove_the_newest_checkpoint(files: Files) -> None:
    name = "checkpoints/000000000001.jsonl"
    files[name] = b"".join(files[name].splitlines(keepends=True)[:-1])
