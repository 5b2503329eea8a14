"""Whose signatures an auditor on this machine trusts: keys that were given, or those of this place."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eventlog.proving.checkpoints import Checkpoint, opened
from eventlog.proving.keys import DEFAULT_ORIGIN, LogKey, with_second_origin
from eventlog.proving.notes import COSIGNATURE, Note, NoteRefused, VerifierKey
from tian.failures import FileMissing
from tian.home import Home, shipped
from tian.language import either
from tian.proof_failures import BadLogKey, BadWitnessKey, NoLogKey, NotACheckpoint


def trusted_keys(
    home: Home, given: Sequence[str], districts: Sequence[str]
) -> Sequence[VerifierKey]:
    """The keys that were given; otherwise those of this place. Raises NoLogKey or BadLogKey."""
    if not given:
        return local_log_keys(home, districts)
    keys: list[VerifierKey] = []
    for text in given:
        try:
            keys.append(VerifierKey.parse(text))
        except ValueError as error:
            raise BadLogKey(key=text) from error
    return keys


def local_log_keys(home: Home, districts: Sequence[str]) -> list[VerifierKey]:
    """The public keys of the logs of this place. Raises NoLogKey."""
    named = os.environ.get("TIAN_LOG_KEY_FILE")
    file = Path(named) if named else home.log_key
    if not file.exists():
        raise NoLogKey
    origin = os.environ.get("TIAN_LOG_ORIGIN", DEFAULT_ORIGIN)
    return LogKey.read(file.read_text(encoding="utf-8"), origin).verifiers(districts)


def print_log_keys(log_key: Path) -> None:
    """Show the public keys, for whoever is to trust the logs of this place."""
    origin = os.environ.get("TIAN_LOG_ORIGIN", DEFAULT_ORIGIN)
    key = LogKey.read(log_key.read_text(encoding="utf-8"), origin)
    for verifier in key.verifiers(shipped_districts()):
        print(either(f"日志公钥 {verifier}", f"Public key of a log: {verifier}"))


def shipped_districts() -> list[str]:
    return sorted(file.stem for file in shipped("districts").glob("*.toml"))


def district_of(checkpoint: Checkpoint) -> str:
    return checkpoint.origin.rpartition("/")[2]


@dataclass(frozen=True)
class Given:
    """What an auditor brings along: keys to trust, checkpoints kept elsewhere, witnesses to ask for.

    A witness is given by its public key, or by a file with a checkpoint that it has signed.
    """

    keys: Sequence[str] = ()
    kept_files: Sequence[Path] = ()
    witness_keys_or_files: Sequence[str] = ()

    def witnesses(self) -> list[VerifierKey]:
        """The witnesses given by their keys. Raises BadLogKey."""
        return [
            cosigner_key(text) for text in self.witness_keys_or_files if not Path(text).is_file()
        ]

    def kept(self, home: Home) -> dict[str, list[Checkpoint]]:
        """Checkpoints that somebody kept, by district. Raises FileMissing or NotACheckpoint."""
        kept: dict[str, list[Checkpoint]] = {}
        cosigned = [Path(text) for text in self.witness_keys_or_files if Path(text).is_file()]
        for file in (*self.kept_files, *cosigned):
            document = read_document(file)
            try:
                district = district_of(Checkpoint.parse(Note.parse(document).text))
                keys = with_second_origin(trusted_keys(home, self.keys, [district]))
                checkpoint = opened(document, keys)
            except NoteRefused as error:
                raise NotACheckpoint(
                    path=file, reason=error.chinese, reason_en=error.english
                ) from error
            kept.setdefault(district, []).append(checkpoint)
        return kept


def cosigner_key(text: str) -> VerifierKey:
    """The public key of a witness. Raises BadWitnessKey."""
    try:
        key = VerifierKey.parse(text)
    except ValueError as error:
        raise BadWitnessKey(key=text) from error
    if key.kind != COSIGNATURE:
        raise BadWitnessKey(key=text)
    return key


def read_document(file: Path) -> str:
    """A text file as it is, line ends included. Raises FileMissing."""
    if not file.is_file():
        raise FileMissing(path=file)
    return file.read_bytes().decode(errors="replace")
