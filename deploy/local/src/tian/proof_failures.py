"""What can go wrong in proving and verifying, each as a sentence that says what to do."""

from tian.failures import Failure


class NoLogKey(Failure):
    """没有可以信任的日志公钥。请用 --key 给出，或在运行 tian up 的目录里执行。"""

    english = (
        "There is no public key of a log to trust. Give it with --key, "
        "or work where `tian up` has been run."
    )


class BadLogKey(Failure):
    """“{key}”不是日志公钥。公钥的形式是“名称+编号+内容”，可从 /log/key 读取。"""

    english = "{key} is not the public key of a log. It looks like name+id+key; see /log/key."


class BadWitnessKey(Failure):
    """“{key}”不是见证方的公钥，也不是文件。见证方的公钥由 tian witness 显示。"""

    english = "{key} is neither the public key of a witness nor a file. `tian witness` shows it."


class BundleDamaged(Failure):
    """证据包 {path} 不能核验：{reason}。请重新取一份。"""

    english = "The bundle {path} cannot be verified: {reason_en}. Please get another copy."


class CannotExport(Failure):
    """无法导出 {district}：{reason}。"""

    english = "{district} cannot be exported: {reason_en}."


class NotRead(Failure):
    """读不到 {address}：{reason}。请检查地址和网络。"""

    english = "{address} could not be read: {reason}. Please check the address and the network."


class WitnessRefuses(Failure):
    """不予见证：{reason}"""

    english = "Not witnessed: {reason_en}"


class NotACheckpoint(Failure):
    """{path} 不是由可信公钥签名的检查点：{reason}。"""

    english = "{path} is not a checkpoint signed by a trusted key: {reason}."


class NotAProof(Failure):
    """{path} 不能证明其中的事件：{reason}。"""

    english = "{path} does not prove the event in it: {reason}."


class NotAnEventId(Failure):
    """“{asked}”不是事件编号。事件编号形如 01a2b3c4-5d6e-7f80-9a0b-1c2d3e4f5a6b，在控制台一件提案的“原始数据”里。"""

    english = (
        "{asked!r} is not the id of an event. An id looks like 01a2b3c4-5d6e-7f80-9a0b-1c2d3e4f5a6b; "
        "the console shows it under “Raw data” of a case."
    )
    exit_status = 2


class NoSuchEvent(Failure):
    """日志里没有编号为 {event_id} 的事件。请核对编号。"""

    english = "No log has an event {event_id}. Please check the id."


class NotSignedYet(Failure):
    """第 {position} 条事件还没有签名的检查点。请过一两秒再试；若仍如此，请查看是否配置了日志密钥。"""

    english = (
        "Event {position} is not under a signed checkpoint yet. Try again in a second or two; "
        "if that does not help, see whether the services have a log key."
    )
