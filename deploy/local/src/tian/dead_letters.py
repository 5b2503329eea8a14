"""The command that looks after dead letters: show them, have them tried again, pass them by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from cyclopts import App, Parameter
from rich.table import Table

from tian.addresses import find_addresses
from tian.answers import DeadLetter
from tian.client import connected
from tian.failures import NoDeadLetter, SeveralFollowers
from tian.home import Home
from tian.language import either
from tian.parameters import District
from tian.printing import out
from tian.progress import Steps

Follower = Annotated[
    str | None,
    Parameter(
        help="跟随者，如 evaluation；只有一个时可不写 / the follower; may be left out if there is one"
    ),
]
Position = Annotated[int, Parameter(help="事件的位次 / position of the event")]
NONE_LEFT, SOME_LEFT = 0, 1


@dataclass(frozen=True)
class Place:
    """Which dead letter is meant."""

    district: str
    follower: str
    position: int

    @property
    def service(self) -> str:
        return self.follower.partition(".")[0]

    @property
    def path(self) -> str:
        return f"/districts/{self.district}/dead-letters/{self.follower}/{self.position}"


@dataclass(frozen=True)
class Request:
    """What is to be done about it."""

    what: str
    body: dict[str, str]


async def show(*, district: District) -> int:
    """List what followers could not take, and what they were let pass by."""
    home = Home.from_environment()
    with Steps(1) as steps:
        async with connected(home, find_addresses(home), district, steps.say) as client:
            progress = await client.progress()
    if progress.dead_letters:
        table = _table(either("积压事件", "Dead letters"), either("原因", "reason"))
        for letter in progress.dead_letters:
            table.add_row(letter.follower, str(letter.position), letter.reason)
        out().print(table)
    else:
        print(either(f"{district} 没有积压事件。", f"{district} has no dead letters."))
    if progress.passed_by:
        table = _table(
            either("已跳过", "Passed by"), *either("理由 决定人 时间", "why by at").split()
        )
        for passed in progress.passed_by:
            who, at = passed.decided_by_name, f"{passed.decided_at:%Y-%m-%d %H:%M}"
            table.add_row(passed.follower, str(passed.position), passed.why, who, at)
        out().print(table)
    return SOME_LEFT if progress.dead_letters else NONE_LEFT


async def retry(*, district: District, position: Position, follower: Follower = None) -> int:
    """Have a service try again at once what it could not take."""
    await _ask(district, position, follower, Request("retry", {}))
    print(either("已处理，不再积压。", "It was taken, and is no dead letter any more."))
    return NONE_LEFT


async def pass_by(
    *,
    district: District,
    position: Position,
    why: Annotated[str, Parameter(help="理由，永久保存 / the reason, kept for ever")],
    follower: Follower = None,
) -> int:
    """Let a follower go on behind an event; that it was so decided stays on record."""
    place = await _ask(district, position, follower, Request("pass", {"why": why}))
    print(
        either(
            f"{place.follower} 已跳过第 {position} 条；谁、何时、为何都已记下。",
            f"{place.follower} passes event {position} by; who, when and why is kept.",
        )
    )
    return NONE_LEFT


async def _ask(district: str, position: int, follower: str | None, request: Request) -> Place:
    home = Home.from_environment()
    with Steps(1) as steps:
        async with connected(home, find_addresses(home), district, steps.say) as client:
            if follower is None:
                follower = only_follower((await client.progress()).dead_letters, position)
            place = Place(district, follower, position)
            await client.operate(place.service, f"{place.path}/{request.what}", request.body)
    return place


def only_follower(letters: Sequence[DeadLetter], position: int) -> str:
    """The follower that could not take an event. Raises NoDeadLetter or SeveralFollowers."""
    followers = sorted({letter.follower for letter in letters if letter.position == position})
    if not followers:
        raise NoDeadLetter(position=position)
    if len(followers) > 1:
        raise SeveralFollowers(position=position, followers=", ".join(followers))
    return followers[0]


def _table(title: str, *more: str) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in (*either("跟随者 位次", "follower position").split(), *more):
        table.add_column(heading, overflow="fold")
    return table


LETTERS = App(name="dead-letters")
LETTERS.default(show)
LETTERS.command(retry, help=either("立即再试", "Try again now"))
LETTERS.command(pass_by, name="pass", help=either("跳过，须说明理由", "Pass by, saying why"))
