"""What the terminal shows of a city: its districts ranked by one figure, and those that stand apart."""

from rich.table import Table

from contracts.city import CityRanking, RankedGroup, RankedPlace
from tian.language import either
from tian.printing import NOTHING, out


def print_ranking(ranking: CityRanking) -> None:
    console = out()
    console.print(
        either(
            f"\n{ranking.year} 年各区{ranking.label}",
            f"\n{ranking.label_en} of the districts, {ranking.year}",
        ),
        style="bold",
    )
    if ranking.behind:
        console.print(
            either(
                f"各区日志里还有 {ranking.behind} 条未计入",
                f"{ranking.behind} events in the districts' logs are not counted yet",
            ),
            style="yellow",
        )
    for group in ranking.groups:
        console.print(_ranked(group))
    for each in ranking.without:
        why = either(each.why, each.why_en)
        console.print(f"{either(each.name, each.name_en)} — {why}")


def _ranked(group: RankedGroup) -> Table:
    compared = group.compared
    table = Table(
        title=either(compared.rule_text, compared.rule_text_en),
        title_justify="left",
        caption=either(compared.why_apart, compared.why_apart_en) or None,
        caption_justify="left",
        show_footer=bool(compared.denominator),
    )
    table.add_column(either("名次", "rank"), justify="right")
    table.add_column(either("区", "district"), footer=either("合计", "together"))
    table.add_column(
        either(compared.label, compared.label_en), justify="right", footer=compared.display
    )
    terms = f"{compared.numerator}/{compared.denominator}"
    table.add_column(either("分子/分母", "of"), justify="right", footer=terms)
    table.add_column(either("截至日志", "as of position"), justify="right")
    for place in group.places:
        table.add_row(
            _rank(place),
            either(place.name, place.name_en),
            place.display,
            f"{place.numerator}/{place.denominator}" if compared.denominator else NOTHING,
            f"{place.position}" + (f" (−{place.behind})" if place.behind else ""),
        )
    return table


def _rank(place: RankedPlace) -> str:
    if place.rank is None:
        return NOTHING
    tied = either(f"（并列 {place.tied}）", f" ({place.tied} tied)") if place.tied > 1 else ""
    return f"{place.rank}{tied}"
