"""The event that every contestant appends: a CloudEvents document of about 600 bytes."""

import json

TYPE = "tian.assignment.reply_issued.v1"
DOCUMENT = {
    "actor": "clerk-of-the-education-bureau",
    "actorname": "教育局经办人",
    "actorrole": "unit",
    "actorunit": "education-bureau",
    "commandevents": 1,
    "commandid": "0b1f2a52-6f0c-5c54-9d6e-3a5a5e6b8c11",
    "correlationid": "7a1c66f0-52c4-4a37-8f6e-8f2c1d1b4e90",
    "data": {"number": "龙教函〔2024〕12号", "openness": "public", "result_class": "A", "round": 1},
    "datacontenttype": "application/json",
    "id": "5f2b3a1c-8d4e-5f6a-9b7c-1d2e3f4a5b6c",
    "recordedtime": "2024-06-01T04:00:00+00:00",
    "source": "/longgang/assignment",
    "specversion": "1.0",
    "streamversion": 1,
    "subject": "case-20240104",
    "time": "2024-06-01T04:00:00+00:00",
    "type": TYPE,
}
TEXT = json.dumps(DOCUMENT, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
BODY = TEXT.encode()
EVENTS_PER_STREAM = 4
