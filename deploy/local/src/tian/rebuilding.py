"""The command for an operator who wants a read model computed from the log anew."""

import time
from collections.abc import Mapping
from types import MappingProxyType

from assignment.projections.cases import CASES
from evaluation.projections.scores import SCORES
from eventlog.readmodels import ReadModel
from eventlog.rebuilding import Outcome, Plan, RebuildFailed, RebuildRunning, rebuild
from intake.projections.proposals import INTAKE_PROPOSALS
from tian.database import database
from tian.failures import NoSuchDistrict, RebuildRefused, UnknownReadModel
from tian.home import Home
from tian.language import either
from tian.progress import Bar
from tian.run_record import database_url

READ_MODELS: Mapping[str, tuple[ReadModel, str]] = MappingProxyType(
    {
        "intake": (INTAKE_PROPOSALS, "intake.projections.proposals:INTAKE_PROPOSALS"),
        "assignment": (CASES, "assignment.projections.cases:CASES"),
        "evaluation": (SCORES, "evaluation.projections.scores:SCORES"),
    }
)


async def rebuild_read_model(
    service: str, name: str | None, district: str | None, workers: int
) -> int:
    """Rebuild a service's read model beside the tables in use, and swap it in. Raises Failure."""
    model, reference = find_read_model(service, name)
    plan = Plan(model, reference, district=district, workers=workers)
    began_at, home = time.monotonic(), Home.from_environment()
    try:
        # Opened here as well, so that one that is out of reach is said to be.
        async with database(home):
            with Bar(f"{service} {model.name}") as bar:
                done = await rebuild(database_url(home), plan, bar.show)
    except (RebuildRunning, RebuildFailed) as refusal:
        raise RebuildRefused(
            chinese_reason=refusal.chinese, english_reason=refusal.in_english
        ) from refusal
    if district is not None and not done.districts:
        raise NoSuchDistrict(district=district)
    print_rebuilt(done, time.monotonic() - began_at)
    return 0


def find_read_model(service: str, name: str | None) -> tuple[ReadModel, str]:
    known = ", ".join(f"{each} {model.name}" for each, (model, _) in READ_MODELS.items())
    found = READ_MODELS.get(service)
    if found is None or name not in {None, found[0].name}:
        asked = f"{service} {name}" if name else service
        raise UnknownReadModel(asked=asked, known=known)
    return found


def print_rebuilt(done: Outcome, seconds: float) -> None:
    print(
        either(
            f"已重建：{done.districts} 个区，{done.events} 条事件，{seconds:.1f} 秒。",
            f"Rebuilt: {done.districts} districts, {done.events} events, {seconds:.1f} s.",
        )
    )
    if done.written or done.removed:
        print(
            either(
                f"与原数据不同：写入 {done.written} 行，删去 {done.removed} 行。",
                f"Other than before: {done.written} rows written, {done.removed} removed.",
            )
        )
    else:
        print(
            either(
                "原数据与日志完全一致，没有改动一行。",
                "The rows in use were what the log says; not one was changed.",
            )
        )
