"""What the driver asked for and what it was answered, on disk before anything depends on it."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A command under its own key; its name is that of the route."""

    key: str
    district: str
    command: str
    proposal_id: str


class Notebook:
    """An fsynced list of what was asked and what was acknowledged, the driver's own memory."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a", encoding="utf-8")
        self.asked: dict[str, Asked] = {}
        self.acknowledged: dict[str, dict[str, Any]] = {}
        self.tries = 0

    def ask(self, asked: Asked) -> None:
        self.asked[asked.key] = asked
        self._write({"asked": asked.__dict__})

    def acknowledge(self, asked: Asked, answer: dict[str, Any]) -> None:
        self._write({"acknowledged": asked.key, "answer": answer})
        self.acknowledged[asked.key] = answer

    def close(self) -> None:
        self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
