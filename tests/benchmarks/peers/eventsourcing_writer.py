"""Appends through the recorder of `eventsourcing`: URL CLIENTS SECONDS TEXT EVENTS_PER_STREAM."""

import json
import sys
import threading
import time
from urllib.parse import urlsplit
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore


def main(url: str, clients: int, seconds: float, text: str, events_per_stream: int) -> None:
    parts = urlsplit(url)
    datastore = PostgresDatastore(
        parts.path.removeprefix("/"),
        parts.hostname or "",
        parts.port or 5432,
        parts.username or "",
        parts.password or "",
        pool_size=clients,
    )
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()
    latencies: list[float] = []
    begin = time.perf_counter()
    until, body = begin + seconds, text.encode()

    def write() -> None:
        version = stream = None
        while (asked_at := time.perf_counter()) < until:
            if version is None or version == events_per_stream - 1:
                version, stream = -1, uuid4()
            version += 1
            recorder.insert_events([StoredEvent(stream, version, "tian:ReplyIssued", body)])
            latencies.append(time.perf_counter() - asked_at)

    threads = [threading.Thread(target=write) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer = {"seconds": time.perf_counter() - begin, "latencies": latencies}
    sys.stdout.write(json.dumps(answer) + "\n")
    datastore.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
