"""Read models: tables computed from the log, defined once for following, rebuilding and looking back.

A definition is pure. It says which events change which rows, and how; where the rows lie while
they are changed, in PostgreSQL or in memory, is not its business.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pydantic_core import from_json

from contracts.event import Event
from contracts.upcasting import UPCASTS, Upcasts, older_types, upcast
from eventlog.decoding import OfOneType, Read, reading
from eventlog.envelopes import is_in_head, text_in_head

R = TypeVar("R")

Key = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Table(Generic[R]):
    """A table of a read model: its name in the database, its rows, and what tells them apart.

    A row is a dataclass with a field for each column. The district is a column of every table and
    part of its key; it stands in no row, because rows of two districts never meet.
    """

    name: str
    row: type[R]
    key: tuple[str, ...]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(each.name for each in fields(self.row))  # type: ignore[arg-type]  # a dataclass

    @cached_property
    def key_of(self) -> Callable[[R], Key]:
        one_or_all = attrgetter(*self.key)
        return one_or_all if len(self.key) > 1 else lambda row: (one_or_all(row),)


Touch = tuple[Table[Any], Key]


class Origin(NamedTuple):
    """Where an event stands in the log, and its document, for what its data do not say."""

    position: int
    body: bytes

    @property
    def actor(self) -> str:
        """The subject of who recorded it."""
        return text_in_head(self.body, "actor")

    @property
    def actor_role(self) -> str:
        return text_in_head(self.body, "actorrole")

    @property
    def is_imported(self) -> bool:
        """Whether a ledger told of it afterwards."""
        return is_in_head(self.body, "attestedby")


class UnknownEvent(LookupError):
    """An event of a type that this program does not know: a newer one recorded it."""


class NotTouched(LookupError):
    """A rule looks at a row that it does not name among those it touches."""


class Rows:
    """The rows that some events touch, while the events change them."""

    def __init__(self) -> None:
        self.held: defaultdict[Table[Any], dict[Key, Any]] = defaultdict(dict)
        self.changed: defaultdict[Table[Any], dict[Key, Any]] = defaultdict(dict)

    def hold(self, table: Table[R], key: Key, row: R | None) -> None:
        """Take a row as it is stored, or note that there is none."""
        self.held[table][key] = row

    def find(self, table: Table[R], *key: Any) -> R | None:
        """A row to look at. Raises NotTouched."""
        try:
            row: R | None = self.held[table][key]
        except KeyError:
            row = self.not_held(table, key)
        return row

    def change(self, table: Table[R], *key: Any) -> R | None:
        """A row to change in place; None where there is none. Raises NotTouched."""
        # As `find`, but without calling it: most events do nothing else.
        try:
            row: R | None = self.held[table][key]
        except KeyError:
            row = self.not_held(table, key)
        if row is not None:
            self.changed[table][key] = row
        return row

    def put(self, table: Table[R], row: R) -> None:
        """Add a row, in place of the one with its key."""
        key = table.key_of(row)
        self.held[table][key] = self.changed[table][key] = row

    def not_held(self, table: Table[R], key: Key) -> R | None:
        """What a row is that nobody brought to hand. Raises NotTouched."""
        raise NotTouched(table.name, key)


class Source(Protocol):
    """Where rows can be asked for: PostgreSQL, or the memory of a past state."""

    async def rows(self, table: Table[R], **equal: Any) -> list[R]:
        """The rows with these values, in no particular order; of a list, any value will do."""
        ...


def touches_nothing(event: Event) -> Sequence[Touch]:
    return ()


Apply = Callable[[Any, Origin, Rows], None]


@dataclass(frozen=True)
class Rule:
    """What one type of event changes, and which rows have to be at hand for it.

    A row that is put as a whole, whatever was there, need not be at hand.
    """

    apply: Apply
    touches: Callable[[Any], Sequence[Touch]] = touches_nothing


Rules = Mapping[type[Event], Rule]


def beside(rules: Rules, more: Rules) -> Rules:
    """All these rules; where both know an event, first the one changes its rows, then the other."""
    both = {
        event_class: _together(rules[event_class], rule) if event_class in rules else rule
        for event_class, rule in more.items()
    }
    return MappingProxyType({**rules, **both})


def _together(first: Rule, second: Rule) -> Rule:
    def change(event: Event, origin: Origin, rows: Rows) -> None:
        first.apply(event, origin, rows)
        second.apply(event, origin, rows)

    return Rule(change, lambda event: (*first.touches(event), *second.touches(event)))


# An event that has been read and waits for its rows: its position, its rule, itself, its bytes.
Pending = tuple[int, Rule, Event, bytes]


@dataclass(frozen=True)
class ReadModel:
    """The tables of one service, and the rules by which events change them.

    `catalogue` holds every event there is, by type.
    """

    name: str
    follower: str
    tables: tuple[Table[Any], ...]
    rules: Mapping[type[Event], Rule]
    catalogue: Mapping[str, type[Event]]
    upcasts: Upcasts = field(default_factory=lambda: UPCASTS)

    @cached_property
    def by_type(self) -> Mapping[str, tuple[Read, Rule]]:
        """How each type of event that matters here is read, and its rule; older versions included."""
        found: dict[str, tuple[Read, Rule]] = {}
        for event_class, rule in self.rules.items():
            found[event_class.type] = reading(event_class), rule
            for older in older_types(event_class.type, self.upcasts):
                found[older] = self._reading_older(older, event_class), rule
        return MappingProxyType(found)

    def _reading_older(self, type_name: str, newest: type[Event]) -> Read:
        def read(body: bytes) -> Event:
            _, data = upcast(type_name, from_json(body)["data"], self.upcasts)
            return newest.model_validate(data)

        return lambda bodies: list(map(read, bodies))

    @cached_property
    def passed_over(self) -> list[str]:
        """The types of event, of those there are, that change nothing here."""
        return sorted({*self.catalogue, *self.upcasts} - set(self.by_type))

    def read(self, events: Iterable[tuple[int, str, bytes]]) -> list[Pending]:
        """Read events given as position, type and bytes; those that change nothing here fall away.

        Raises pydantic.ValidationError, or UnknownEvent: what is not understood may not be left out.
        """
        found: defaultdict[str, tuple[list[int], list[bytes]]] = defaultdict(lambda: ([], []))
        for position, type_name, body in events:
            positions, bodies = found[type_name]
            positions.append(position)
            bodies.append(body)
        return self.read_by_type(OfOneType(name, *columns) for name, columns in found.items())

    def read_by_type(self, events: Iterable[OfOneType]) -> list[Pending]:
        """The same for events that come type by type; they are given back in order."""
        pending: list[Pending] = []
        for type_name, positions, bodies in events:
            if type_name in self.by_type:
                read, rule = self.by_type[type_name]
                rules = [rule] * len(positions)
                pending += zip(positions, rules, read(bodies), bodies, strict=True)
            elif type_name not in self.passed_over:
                raise UnknownEvent(type_name)
        pending.sort(key=itemgetter(0))
        return pending


def touched(pending: Iterable[Pending]) -> dict[Table[Any], dict[Key, None]]:
    """The keys of the rows that have to be at hand, each once and in order."""
    keys: defaultdict[Table[Any], dict[Key, None]] = defaultdict(dict)
    for _, rule, event, _ in pending:
        for table, key in rule.touches(event):
            keys[table][key] = None
    return keys


def apply(pending: Iterable[Pending], rows: Rows) -> None:
    for position, rule, event, body in pending:
        rule.apply(event, Origin(position, body), rows)
