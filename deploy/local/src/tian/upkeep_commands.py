"""What can be typed by whoever installs Tian or keeps its repository: keys, sample, schemas."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tian.accounts import make_secrets
from tian.home import shipped
from tian.language import either
from tian.sample import write_workbook
from tian.schemas import write_schemas
from tian.trusting import print_log_keys


def sample() -> int:
    folder = shipped("samples")
    target = folder / "longgang-2024.xlsx"
    sources = (folder / "longgang-2024-proposals.csv", folder / "longgang-2024-clues.csv")
    write_workbook(*sources, target)
    print(either(f"已写入 {target}。", f"{target} has been written."))
    return 0


def schemas(
    folder: Annotated[Path, Parameter(help="文件夹 / folder of the schema files")],
    /,
) -> int:
    count = write_schemas(folder)
    print(either(f"{count} 个文件有更新。", f"{count} files have changed."))
    return 0


def keys(
    *,
    public: Annotated[Path, Parameter(help="公钥所在文件夹 / folder for the public key")],
    signing: Annotated[Path, Parameter(help="私钥和账号所在文件夹 / folder for the private key")],
    log: Annotated[
        Path | None, Parameter(help="日志私钥所在文件夹 / folder for the key of the log")
    ] = None,
    owner: Annotated[int, Parameter(help="谁可以读（uid）/ who may read them")],
) -> int:
    made = make_secrets(public, signing, log, owner)
    if made is not None:
        print_log_keys(made)
    return 0
