"""Documents made for a test: Word and PDF, the latter written by hand."""

from io import BytesIO

import docx
from pypdf import PdfReader, PdfWriter

TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Tian def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def a_docx(paragraphs: list[str], table: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for row in table or []:
        cells = document.add_table(rows=1, cols=len(row)).rows[0].cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def a_pdf(lines: list[str]) -> bytes:
    """A page of text whose codes are its characters."""
    shown = b"BT /F1 12 Tf 72 760 Td 16 TL " + b" ".join(
        b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj T*" for line in lines
    )
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                b" /Resources << /Font << /F1 5 0 R >> >> >>"
            ),
            _stream(shown + b" ET"),
            (
                b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H"
                b" /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
            ),
            (
                b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000"
                b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
            ),
            _stream(TO_UNICODE),
        ]
    )


def without_text() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    return _written(writer)


def with_password(content: bytes) -> bytes:
    writer = PdfWriter(PdfReader(BytesIO(content)))
    writer.encrypt("a password", algorithm="AES-256")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)


def _file(objects: list[bytes]) -> bytes:
    content = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(content))
    )
