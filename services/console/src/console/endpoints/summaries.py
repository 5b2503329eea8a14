"""The annual summary (办理工作总结) of a year, handed on from evaluation."""

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from console.endpoints.districts import Year
from console.endpoints.visits import SignedIn, service_path

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

pages = APIRouter()


@pages.get("/districts/{district}/years/{year}/summary.docx")
async def hand_out_summary(visit: SignedIn, district: str, year: Year) -> Response:
    """The document; each figure in it leads back to this console."""
    content = await visit.enquiry.get_file(
        "evaluation",
        service_path("districts", district, "years", year, "summary.docx"),
        {"console": str(visit.request.base_url)},
    )
    name = quote(f"{district}-{year}-办理工作总结.docx", safe="")
    return Response(
        content,
        media_type=DOCX,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
        },
    )
