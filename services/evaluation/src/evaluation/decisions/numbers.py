"""How the figures round and print their numbers."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

NOTHING_COUNTED = "—"
FULL = Decimal(100)
PLACES = 2


def percent(numerator: int, denominator: int) -> Decimal | None:
    """The share in percent, unrounded; None where nothing is counted."""
    return Decimal(numerator) * 100 / denominator if denominator else None


def shown(value: Decimal | None) -> str:
    return NOTHING_COUNTED if value is None else f"{printed(rounded(value, PLACES))}%"


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half up, but never a figure that falls short of 100 up to 100."""
    step = Decimal(1).scaleb(-places)
    result = value.quantize(step, ROUND_HALF_UP)
    return value.quantize(step, ROUND_DOWN) if value < FULL <= result else result


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros, and never as 1E+2."""
    return Decimal(printed(number))


def printed(number: Decimal) -> str:
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
