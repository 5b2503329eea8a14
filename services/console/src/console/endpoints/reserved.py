"""Whom a page is for: the tabs lead there only these, and others who type its address are told so."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.vocabulary import ActorRole

PEOPLE = tuple(role for role in ActorRole if role is not ActorRole.SERVICE)
OVERSEERS = frozenset(
    {ActorRole.SUPERVISION, ActorRole.LEADER, ActorRole.AUDITOR, ActorRole.OPERATOR}
)

# As the services have it: a page whose every form and link would be refused is not shown.
READERS: Mapping[str, frozenset[ActorRole]] = MappingProxyType(
    {
        "new": frozenset({ActorRole.PROPOSER, ActorRole.COMMITTEE, ActorRole.SUPERVISION}),
        "dispatch": frozenset({ActorRole.SUPERVISION, ActorRole.LEADER}),
        "inbox": frozenset({ActorRole.SUPERVISION, ActorRole.UNIT, ActorRole.PROPOSER}),
        "outbox": OVERSEERS,
        "reports": frozenset(
            {ActorRole.SUPERVISION, ActorRole.COMMITTEE, ActorRole.LEADER, ActorRole.AUDITOR}
        ),
        "summary": frozenset(PEOPLE) - {ActorRole.PROPOSER},
        "receipt": frozenset(PEOPLE) - {ActorRole.PROPOSER},
        "import": frozenset({ActorRole.SUPERVISION}),
    }
)

CALLED: Mapping[str, str] = MappingProxyType(
    {
        "new": "写提案",
        "dispatch": "交办",
        "inbox": "收件箱",
        "outbox": "发件箱",
        "reports": "报表",
        "summary": "工作总结",
        "receipt": "凭据与重算",
        "import": "导入台账",
    }
)


class NotForThisRole(Exception):
    """A page was asked for that is for other roles than the visitor's."""

    def __init__(self, section: str) -> None:
        self.section = section
        super().__init__(section)

    @property
    def readers(self) -> list[ActorRole]:
        """Those who may open it, in the order of the glossary."""
        return [role for role in PEOPLE if role in READERS[self.section]]


def opens(role: ActorRole | None, section: str) -> bool:
    """Whether somebody in this role may open a page; one that is not listed is for everybody."""
    return section not in READERS or role in READERS[section]
