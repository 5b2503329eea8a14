"""Ways in which JetStream's store comes to harm while its server is down."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path


def _blocks(store: Path) -> list[Path]:
    """The files that hold messages."""
    return sorted(one for one in store.rglob("*.blk") if "obs" not in one.parts)


def truncate(store: Path, choice: random.Random) -> bool:
    """Cut the last file of messages somewhere, as a power failure does."""
    files = [one for one in _blocks(store) if one.stat().st_size > 1]
    if not files:
        return False
    with files[-1].open("r+b") as file:
        file.truncate(choice.randrange(files[-1].stat().st_size))
    _forget_index(store)
    return True


def flip_bits(store: Path, choice: random.Random) -> bool:
    """Flip some bits somewhere in the messages."""
    files = [one for one in _blocks(store) if one.stat().st_size > 1]
    if not files:
        return False
    chosen = choice.choice(files)
    content = bytearray(chosen.read_bytes())
    for _ in range(choice.randrange(1, 9)):
        content[choice.randrange(len(content))] ^= 1 << choice.randrange(8)
    chosen.write_bytes(content)
    if choice.random() < 0.5:
        _forget_index(store)
    return True


def delete_messages(store: Path, choice: random.Random) -> bool:
    """Remove the files of messages, and leave what describes the stream."""
    files = _blocks(store)
    for one in files:
        one.unlink()
    if choice.random() < 0.5:
        _forget_index(store)
    return bool(files)


def delete_consumers(store: Path, choice: random.Random) -> bool:
    """Remove what the server knows of its consumers."""
    folders = [one for one in store.rglob("obs") if one.is_dir()]
    for one in folders:
        shutil.rmtree(one)
    return bool(folders)


def delete_everything(store: Path, choice: random.Random) -> bool:
    found = any(store.iterdir())
    for one in store.iterdir():
        shutil.rmtree(one)
    return found


def _forget_index(store: Path) -> None:
    """The index says what should be there; without it the server believes what it finds."""
    for one in store.rglob("index.db"):
        if "obs" not in one.parts:
            one.unlink()


DAMAGES: dict[str, Callable[[Path, random.Random], bool]] = {
    "截断 truncated": truncate,
    "翻转 bits flipped": flip_bits,
    "删消息 messages deleted": delete_messages,
    "删消费者 consumers deleted": delete_consumers,
    "全删 all deleted": delete_everything,
}
