"""The measures of GB/T 9704-2012, in the units of a .docx (a twip is a twentieth of a point)."""

from decimal import Decimal

TWIPS_PER_MM = Decimal(1440) / Decimal("25.4")


def twips(millimetres: Decimal | int) -> int:
    return int((Decimal(millimetres) * TWIPS_PER_MM).to_integral_value())


PAGE_WIDTH, PAGE_HEIGHT = twips(210), twips(297)
TOP, LEFT = twips(37), twips(28)
TEXT_WIDTH, TEXT_HEIGHT = twips(156), twips(225)
RIGHT, BOTTOM = twips(210 - 28 - 156), twips(297 - 37 - 225)

LINES_ON_A_PAGE, CHARACTERS_IN_A_LINE = 22, 28
LINE = TEXT_HEIGHT // LINES_ON_A_PAGE

# Sizes of type in half points: 二号 is 22 pt, 三号 16 pt, 四号 14 pt.
SECOND_SIZE, THIRD_SIZE, FOURTH_SIZE = 44, 32, 28

# 28 characters of 16 pt are 2 mm wider than the text, so each gives up a quarter of a point.
TIGHTER = -5
CHARACTER = THIRD_SIZE * 10 + TIGHTER
FOURTH_CHARACTER = FOURTH_SIZE * 10

MARK_BELOW_TOP = twips(35)
RED_LINE_BELOW_NUMBER_POINTS = 11  # 4 mm
PAGE_NUMBER_BELOW_TEXT = twips(7)
DATE_FROM_THE_RIGHT_CHARACTERS = 4

RED = "FF0000"
RED_LINE, THICK_LINE, THIN_LINE = 12, 8, 6  # eighths of a point: 1.5 pt, 0.35 mm, 0.25 mm

BODY_FONT = "仿宋_GB2312"
TITLE_FONT = "方正小标宋简体"
HEADING_FONT = "黑体"
SUBHEADING_FONT = "楷体_GB2312"
PAGE_NUMBER_FONT = "宋体"

# What to take where a font is missing, the first that is there; for Word, WPS and fontconfig.
FALLBACKS = {
    BODY_FONT: ("仿宋", "FangSong", "STFangsong", "FandolFang R", "Noto Serif CJK SC"),
    TITLE_FONT: ("小标宋", "华文中宋", "STZhongsong", "Noto Serif CJK SC"),
    HEADING_FONT: ("SimHei", "STHeiti", "FandolHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei"),
    SUBHEADING_FONT: ("楷体", "KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN"),
    PAGE_NUMBER_FONT: ("SimSun", "STSong", "FandolSong", "Noto Serif CJK SC"),
}
