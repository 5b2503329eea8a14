"""What can be typed to prove and to verify: verify, prove, export, witness."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from tian import bundling, verifying
from tian.parameters import District
from tian.proof_failures import NotAnEventId
from tian.trusting import Given
from tian.witnessing import DEFAULT_NAME, WitnessWishes, witness_checkpoint


async def verify(
    file: Annotated[
        Path | None,
        Parameter(
            help="证明文件或证据包；不给则核验数据库 / a proof or a bundle; else the database"
        ),
    ] = None,
    /,
    *,
    district: Annotated[
        str | None, Parameter(help="只核验这个区 / only the log of this district")
    ] = None,
    key: Annotated[
        tuple[str, ...], Parameter(help="信任的日志公钥 / public key of a log to trust")
    ] = (),
    against: Annotated[
        tuple[Path, ...],
        Parameter(help="另外留存的检查点文件 / file with a checkpoint kept elsewhere"),
    ] = (),
    witness: Annotated[
        tuple[str, ...],
        Parameter(
            help="要求有此见证方的签名（公钥），或与它见证过的检查点（文件）比对"
            " / require this witness (key), or compare with what it witnessed (file)"
        ),
    ] = (),
) -> int:
    given = Given(key, against, witness)
    if file is None:
        return await verifying.verify_logs(district, given)
    if bundling.is_bundle(file):
        return bundling.verify_bundle(file, given)
    return verifying.verify_proof(file, key)


async def export(
    *,
    district: District,
    out: Annotated[Path | None, Parameter(help="写入的文件 / file to write")] = None,
    key: Annotated[
        tuple[str, ...], Parameter(help="附上的日志公钥 / public key of the log to enclose")
    ] = (),
) -> int:
    return await bundling.export_bundle(district, out, Given(key))


async def prove(
    event_id: Annotated[str, Parameter(help="事件编号 / id of the event")],
    /,
    *,
    out: Annotated[Path | None, Parameter(help="写入的文件 / file to write")] = None,
) -> int:
    try:
        asked = UUID(event_id)
    except ValueError as error:
        raise NotAnEventId(asked=event_id) from error
    return await verifying.prove_event(asked, out)


async def witness(
    source: Annotated[
        str, Parameter(help="检查点文件，或日志网址 / a checkpoint, or the URL of a log")
    ],
    /,
    *,
    key: Annotated[
        Path, Parameter(help="见证方私钥，没有则新建 / private key of the witness, made if missing")
    ],
    name: Annotated[
        str, Parameter(help="新建时见证方的名称 / name of the witness when it is made")
    ] = DEFAULT_NAME,
    log_key: Annotated[
        tuple[str, ...], Parameter(help="信任的日志公钥 / public key of a log to trust")
    ] = (),
    tiles: Annotated[
        Path | None, Parameter(help="取哈希的证据包 / bundle to take hashes from")
    ] = None,
    submit: Annotated[
        bool, Parameter(help="把见证交给该日志 / hand it to the log", negative=())
    ] = False,
) -> int:
    wishes = WitnessWishes(source, key, name, log_key, tiles, submit=submit)
    return witness_checkpoint(wishes)
