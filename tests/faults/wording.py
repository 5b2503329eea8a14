"""The words of the page of reliability, Chinese first."""

CAPTION = (
    "# 可靠性：故障注入的结果 / Reliability: what faults did",
    "",
    "本页由 `make faults` 生成，不手工修改。每一行是真实的 PostgreSQL、NATS 和服务进程在负载下受到的故障：",
    "驱动程序把每条命令及其回答先写盘（fsync），最后与日志、投影、消息流逐条比对。“丢失”指已确认而不在日志、",
    "投影或后续反应中；“重复”指同一命令生效两次。对照一列是去掉保护后的同一试验，必须出错，否则本项不算通过；",
    "一次也没有真正发生的故障也不算通过。",
    "",
    "Written by `make faults`, never by hand. Each line is a fault that real PostgreSQL, NATS and service processes",
    "met under load. The driver writes every command and every answer to disk (fsync) and compares them in the end with",
    "the log, the projections and the stream. Lost: acknowledged, and not in the log, the projections or what follows.",
    "Doubled: one command, two effects. The control is the same trial without the protection: it has to go wrong, or the",
    "line does not count; nor does a fault that never really happened.",
)
HEADINGS = (
    "故障 fault",
    "次数 cycles",
    "实际发生 fired",
    "已确认 acknowledged",
    "丢失 lost",
    "重复 doubled",
    "投影=重放 replay equal",
    "恢复 back p50 / p99",
    "对照 red control",
    "种子 · 提交 · 用时 · 每核负载 seed, commit, took, load per CPU",
)
FAULTS = {
    "writers": "64 个写者、20 个区，随机回滚、停顿，另有长事务<br>64 writers, 20 districts, rollbacks, pauses, a foreign transaction",
    "kill-postgres": "PostgreSQL 被 kill -9<br>PostgreSQL killed",
    "kill-nats": "NATS 被 kill -9<br>NATS killed",
    "kill-service": "服务进程被 kill -9<br>a service killed",
    "kill-relay": "中继所在进程被 kill -9（恢复=另一进程接手）<br>the leading relay killed (back: another leads)",
    "stop-relay": "中继被挂起（SIGSTOP），别人接手后再醒来（试验中静默 3 秒换人，正式为 15 秒）<br>the relay stopped, going on after another took over (silent for 3 s here, 15 s by default)",
    "damaged-stream": "JetStream 存储被截断、翻转比特、删除<br>JetStream's store truncated, bits flipped, deleted",
    "ambiguous-commits": "提交后、回答前断开连接<br>connection cut between commit and answer",
    "poison": "投影过不去的事件<br>an event no projection takes",
    "hot-district": "一个区占九成负载<br>nine tenths of the load in one district",
    "slow-follower": "一个跟随者很慢<br>one follower is slow",
    "disk-full": "数据库磁盘写满<br>the database's disk is full",
    "restore": "从旧备份恢复，消息流比日志新<br>an older backup restored, the stream ahead of the log",
    "tampering": "超级用户篡改日志（丢失=未查出）<br>a superuser edits the log (lost: not found)",
}
PROMISES = (
    "## 怎样重做 / Run it again",
    "",
    '`make faults` 全部；`make faults ARGS="--cycles 20 -k postgres"` 只做一种；`--seed` 重复同一次。',
    "`make test` 里有同样的试验，每种几次。",
    "",
    "`make faults` runs all of it, `-k` one fault, `--seed` the same moments again. `make test` runs each a few times.",
)
NOT_COVERED = (
    "## 没有试验的 / Not covered",
    "",
    "- 断电。kill -9 留下操作系统的页缓存，只能说明进程崩溃；fsync 是否真正落盘取决于磁盘，本页不作证明。 Power loss: kill -9 keeps the page cache, so it says nothing about fsync and disks.",
    "- PostgreSQL 的 fsync 报错（EIO）、数据页损坏、主备切换。 EIO from fsync, corrupt pages, failover to a standby.",
    "- NATS 三节点集群、网络分区、时钟跳变。 A NATS cluster, network partitions, clock jumps.",
    "- 多台机器：一切都在一台机器的环回地址上。 Several machines: everything here runs on one, over loopback.",
    "- 时间数字来自共用的两核机器，试验时别的工作也在占用（见每核负载），只作量级参考。 The times come from a shared machine with two cores that others used meanwhile (see its load): orders of magnitude.",
)
