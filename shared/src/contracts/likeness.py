"""How alike proposals are, by the pairs of neighbouring characters that both have (decision 19)."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SAID_IN_EVERY_TITLE = re.compile(r"^关于|的(?:建议|提案|意见)$|[\s\W_]+")
BETWEEN_WORDS = re.compile(r"[\s\W_]+")
SAID_OFTEN = 3
MOST_OF_A_BODY = 5_000


def pairs_of(title: str) -> list[str]:
    """The pairs of neighbouring characters of a title, without what every title says."""
    told = SAID_IN_EVERY_TITLE.sub("", title)
    return sorted({told[start : start + 2] for start in range(len(told) - 1)})


def telling_pairs(title: str, body: str) -> list[str]:
    """The pairs of a title, and those that its text says three times or more: what it is about."""
    pieces = BETWEEN_WORDS.split(body[:MOST_OF_A_BODY])
    counted = Counter(
        piece[start : start + 2] for piece in pieces for start in range(len(piece) - 1)
    )
    often = {pair for pair, count in counted.items() if count >= SAID_OFTEN}
    return sorted({*pairs_of(title), *often})


@dataclass(frozen=True)
class Weights:
    """What each pair tells among some texts; one that none of them has tells as much as the rarest."""

    of_pairs: Mapping[str, float]
    rarest: float

    def of(self, pairs: Iterable[str]) -> float:
        """The weight of some pairs together."""
        return math.fsum(self.of_pairs.get(pair, self.rarest) for pair in pairs)


def weights_of(texts: Iterable[Iterable[str]]) -> Weights:
    """The rarer a pair is among these texts, the more it tells (a logarithm of one over its share)."""
    held = Counter[str]()
    count = 0
    for pairs in texts:
        held.update(set(pairs))
        count += 1
    weights = {pair: math.log1p(count / times) for pair, times in held.items()}
    return Weights(weights, max(weights.values(), default=0.0))
