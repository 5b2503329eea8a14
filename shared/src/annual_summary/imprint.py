"""The imprint (版记) at the foot of the last page: who gets a copy, who printed it, and when."""

from lxml import etree

from annual_summary import measures
from annual_summary.markup import NAMESPACES, make, qualified
from annual_summary.model import Style
from annual_summary.styles import GENERATED_NAMES, style_id

IMPRINT = frozenset({Style.COPIES, Style.PRINTED})
EMU_PER_TWIP = 635

# A text box, because it is the one thing that Word, WPS and LibreOffice all keep at the foot of
# a page: LibreOffice 7.4 lays out a frame or a floating table of this width among the text.
_BOX = """
<w:drawing
  xmlns:w="{w}"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
  behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">
<wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/>
<wp:effectExtent l="0" t="0" r="0" b="0"/>
<wp:wrapTopAndBottom/>
<wp:docPr id="1" name="版记" descr="版记 / imprint"/>
<wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/>
<wps:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>
</wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:spAutoFit/></wps:bodyPr>
</wps:wsp>
</a:graphicData></a:graphic>
</wp:anchor>
</w:drawing>
"""


def imprint_of(paragraphs: list[etree._Element]) -> list[etree._Element]:
    """The paragraphs in a box on the last lines of the page that the document ends on."""
    if not paragraphs:
        return []
    box = etree.fromstring(
        _BOX.format(
            w=NAMESPACES["w"],
            width=measures.TEXT_WIDTH * EMU_PER_TWIP,
            height=measures.LINE * len(paragraphs) * EMU_PER_TWIP,
        )
    )
    content = next(box.iter(qualified("w:txbxContent")))
    content.extend(paragraphs)
    choice = make("mc:Choice", make("w:drawing"))
    choice[0].getparent().replace(choice[0], box)
    choice.set("Requires", "wps")
    run = make("w:r", make("mc:AlternateContent", choice))
    return [make("w:p", _a_point_high(), run)]


def _a_point_high() -> etree._Element:
    """What floats belongs to a paragraph; this one takes no room and holds nothing else."""
    return make(
        "w:pPr",
        make("w:pStyle", val=style_id(GENERATED_NAMES[Style.BODY])),
        make("w:spacing", before=0, after=0, line=20, lineRule="exact"),
    )
