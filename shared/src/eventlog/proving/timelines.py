"""A log as it is read from its beginning, and each checkpoint held against it where it belongs."""

from collections.abc import Sequence

from eventlog.proving.checkpoints import Checkpoint
from eventlog.proving.history import History, StoredCheckpoint
from eventlog.proving.witnessing import Witnessed


class Timeline:
    """One tree of a log, growing by batches of leaves that stop wherever there is a checkpoint."""

    def __init__(
        self,
        history: History,
        signed_up_to: int,
        kept: Sequence[Checkpoint] = (),
        witnessed: Witnessed | None = None,
    ) -> None:
        self.history = history
        self._signed_up_to = signed_up_to
        self._witnessed = witnessed
        self._kept = sorted(kept, key=lambda checkpoint: checkpoint.size)

    @property
    def witnessed(self) -> dict[str, tuple[int, int]]:
        """For each witness, the largest size it signed, and when, in seconds since 1970."""
        return self._witnessed.newest if self._witnessed else {}

    def take(self, leaves: Sequence[bytes], checkpoints: Sequence[StoredCheckpoint]) -> None:
        """Take the next leaves, and the checkpoints that end among them."""
        history, waiting = self.history, list(leaves)
        end = history.tree.size + len(leaves)
        stops: list[Checkpoint | StoredCheckpoint] = list(checkpoints)
        while self._kept and self._kept[0].size <= end:
            stops.append(self._kept.pop(0))
        for stop in sorted(stops, key=lambda stop: stop.size):
            count = max(stop.size - history.tree.size, 0)
            self._grow(waiting[:count])
            del waiting[:count]
            if isinstance(stop, StoredCheckpoint):
                history.hold_against(stop)
                if self._witnessed is not None:
                    self._witnessed.look_at(stop)
            else:
                history.hold_against_kept(stop)
        self._grow(waiting)

    def end(self) -> None:
        """There are no more leaves: what was kept of a longer log is held against this one."""
        for checkpoint in self._kept:
            self.history.hold_against_kept(checkpoint)
        if self._witnessed is not None:
            self._witnessed.end()

    def _grow(self, leaves: Sequence[bytes]) -> None:
        is_followed = self.history.tree.size < self._signed_up_to
        self.history.grow(leaves, is_followed_by_checkpoint=is_followed)
