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

    english = "{address} could not be read: {reason_en}. Please check the address and the network."


class WitnessRefuses(Failure):
    """不予见证：{reason}"""

    english = "Not witnessed: {reason_en}"


class NotACheckpoint(Failure):
    """{path} 不是由可信公钥签名的检查点：{reason}。"""

    english = "{path} is not a checkpoint signed by a trusted key: {reason_en}."


class NeitherProofNorBundle(Failure):
    """{path} 不能核验：它既不是事件的证明（由 tian prove 写出），也不是证据包（由 tian export 写出）。请检查文件是否选错、是否完整。"""

    english = (
        "{path} cannot be verified: it is neither the proof of an event (`tian prove` writes those) "
        "nor a bundle (`tian export`). Please check that it is the right file, and whole."
    )


class ItIsAReceipt(Failure):
    """{path} 是指标的凭据，不是证明。请用 tian recompute 由日志或证据包重算它。"""

    english = (
        "{path} is a receipt of figures, no proof. Compute it again from the log or a bundle: "
        "tian recompute"
    )
    exit_status = 2


class ItIsACheckpoint(Failure):
    """{path} 是检查点，不是证明。要与它比对，请用 tian verify --against。"""

    english = "{path} is a checkpoint, no proof. To hold a log against it: tian verify --against"
    exit_status = 2


class NotAProof(Failure):
    """{path} 不能证明其中的事件：{reason}。"""

    english = "{path} does not prove the event in it: {reason_en}."


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
