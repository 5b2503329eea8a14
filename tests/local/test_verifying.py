"""Verify and prove as somebody types them: in order, wrong, and nothing to go by."""

from pathlib import Path

from eventlog import EventLog
from eventlog.proving.keys import LogKey, new_log_key
from tests.eventlog.proving.writing import D, write_events
from tests.local.places import Place


async def test_a_log_in_order_is_said_to_be(place: Place) -> None:
    answer = place.tian("verify")
    assert answer.returncode == 0, answer.stderr
    assert "longgang：40 条事件，2 个检查点（末尾 0 条尚无签名）" in answer.stdout
    assert "全部相符" in answer.stdout


async def test_a_changed_event_ends_with_its_position_and_a_status(place: Place) -> None:
    await place.tamper("update log.event set body = body || ' ' where position = 23")
    answer = place.tian("verify", "--district", D)
    assert answer.returncode == 1
    assert "从第 23 条起有误" in answer.stdout
    assert "内容与叶哈希不符" in answer.stdout


async def test_a_stranger_verifies_with_the_public_key_alone(place: Place, elsewhere: Path) -> None:
    assert place.tian("verify", "--key", place.key, home=elsewhere).returncode == 0
    answer = place.tian("verify", home=elsewhere)
    assert answer.returncode == 1
    assert "--key" in answer.stderr
    other = LogKey.read(new_log_key(), "tian.local/log").signer(D).verifier
    answer = place.tian("verify", "--key", str(other), home=elsewhere)
    assert answer.returncode == 1
    assert "没有有效签名" in answer.stdout


async def test_a_checkpoint_kept_elsewhere_finds_a_log_that_lost_its_checkpoints_too(
    place: Place, elsewhere: Path
) -> None:
    kept = elsewhere / "checkpoint.txt"
    kept.write_text(
        await place.pool.fetchval("select note from log.signed_checkpoint where size = 40")
    )
    await place.tamper("delete from log.signed_checkpoint where size = 40")
    await place.tamper("delete from log.event where position > 31")
    await place.tamper("update log.head set position = 31")
    assert place.tian("verify").returncode == 0
    answer = place.tian("verify", "--against", kept)
    assert answer.returncode == 1
    assert "从第 32 条起有误" in answer.stdout
    answer = place.tian("verify", kept)
    assert answer.returncode == 2
    assert "是检查点，不是证明" in answer.stderr
    kept.write_text("x")
    assert "不是由可信公钥签名的检查点" in place.tian("verify", "--against", kept).stderr


async def test_an_event_is_proven_to_somebody_without_database(
    place: Place, elsewhere: Path
) -> None:
    proof, event_id = elsewhere / "event.tlog-proof", await place.event_id(17)
    answer = place.tian("prove", event_id, "--out", proof)
    assert answer.returncode == 0, answer.stderr
    verify = ("verify", proof, "--key", place.key)
    answer = place.tian(*verify, home=elsewhere, url="")
    assert answer.returncode == 0, answer.stderr
    assert event_id in answer.stdout
    assert "第 17 条" in answer.stdout
    text = proof.read_text()
    proof.write_text(text.replace("index 16", "index 17"))
    answer = place.tian(*verify, home=elsewhere, url="")
    assert answer.returncode == 1
    assert "不能证明" in answer.stderr


async def test_what_cannot_be_proven_is_a_sentence(place: Place, elsewhere: Path) -> None:
    await write_events(EventLog(place.pool), 40, 41)
    answer = place.tian("prove", await place.event_id(41))
    assert answer.returncode == 1
    assert "第 41 条事件还没有签名的检查点" in answer.stderr
    answer = place.tian("prove", "00000000-0000-0000-0000-000000000000")
    assert "日志里没有编号为" in answer.stderr
    assert "没有“nowhere”的日志" in place.tian("verify", "--district", "nowhere").stderr
    assert "找不到文件" in place.tian("verify", elsewhere / "none").stderr
    assert "不是日志公钥" in place.tian("verify", "--key", "x").stderr
    assert place.tian("verify", url="").returncode == 2


async def test_a_database_without_a_log_or_without_that_name_is_said_to_be(place: Place) -> None:
    server, _, name = place.url.rpartition("/")
    answer = place.tian("verify", url=f"{server}/no-such-database")
    assert answer.returncode == 2
    assert "没有“no-such-database”这个库" in answer.stderr
    answer = place.tian("verify", url=f"{server}/postgres")
    assert answer.returncode == 2
    assert "没有日志的表" in answer.stderr
    assert name not in answer.stderr


async def test_what_cannot_be_written_is_named_in_the_language_that_was_asked_for(
    place: Place, elsewhere: Path
) -> None:
    event_id = await place.event_id(17)
    nowhere = elsewhere / "none" / "file"
    for command in (("export", "--district", D), ("prove", event_id)):
        answer = place.tian(*command, "--out", nowhere)
        assert answer.returncode == 1
        assert answer.stderr.strip().endswith(
            f"无法写入 {nowhere}：文件夹或文件不存在。请检查文件夹和权限。"
        )
        answer = place.tian(*command, "--out", elsewhere)
        assert f"无法写入 {elsewhere}：那是一个文件夹。" in answer.stderr
        answer = place.tian(*command, "--out", elsewhere, "--lang", "en")
        assert f"{elsewhere} cannot be written: it is a folder." in answer.stderr
    at_once = place.tian("export", "--district", "without-events", "--out", elsewhere)
    assert f"无法写入 {elsewhere}：那是一个文件夹。" in at_once.stderr
    assert not list(elsewhere.parent.glob("*.part"))
