"""Packs a .docx so that the same parts give the same bytes: no clock, one order."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST = "[Content_Types].xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def packed(content: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda each: (each != FIRST, each)):
            entry = ZipInfo(name, date_time=LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return file.getvalue()
