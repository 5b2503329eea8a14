"""The tree once more, from the recursive definitions of RFC 6962, sections 2.1, 2.1.1 and 2.1.2.

Written apart from `eventlog.proving` and slow on purpose: it shares no idea with what it checks.
"""

import hashlib
from functools import cache


class Recursion:
    """MTH, PATH and PROOF over a list of leaf bodies."""

    def __init__(self, bodies: list[bytes], algorithm: str = "sha256") -> None:
        self.bodies = bodies
        self.algorithm = algorithm
        self.mth = cache(self._mth)

    def _hash(self, data: bytes) -> bytes:
        return hashlib.new(self.algorithm, data).digest()

    def _mth(self, start: int, end: int) -> bytes:
        n = end - start
        if n == 0:
            return self._hash(b"")
        if n == 1:
            return self._hash(b"\x00" + self.bodies[start])
        k = largest_power_of_two_below(n)
        return self._hash(b"\x01" + self.mth(start, start + k) + self.mth(start + k, end))

    def path(self, m: int, start: int, end: int) -> list[bytes]:
        n = end - start
        if n == 1:
            return []
        k = largest_power_of_two_below(n)
        if m < k:
            return [*self.path(m, start, start + k), self.mth(start + k, end)]
        return [*self.path(m - k, start + k, end), self.mth(start, start + k)]

    def proof(self, m: int, n: int) -> list[bytes]:
        return self._subproof(m, 0, n, is_whole=True)

    def _subproof(self, m: int, start: int, end: int, *, is_whole: bool) -> list[bytes]:
        n = end - start
        if m == n:
            return [] if is_whole else [self.mth(start, end)]
        k = largest_power_of_two_below(n)
        if m <= k:
            below = self._subproof(m, start, start + k, is_whole=is_whole)
            return [*below, self.mth(start + k, end)]
        below = self._subproof(m - k, start + k, end, is_whole=False)
        return [*below, self.mth(start, start + k)]


def largest_power_of_two_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k
