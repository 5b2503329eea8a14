"""A year of which the log says nothing: a page of zeros would look like an answer."""

from contracts.figures import Figures
from tian.failures import Failure


class EmptyYear(Failure):
    """{district} {year} 年没有交办记录，也没有采用规则手册，没有数可算。请核对区的代码和年度；要开始这一年，先执行：tian adopt --district {district} --year {year}"""

    english = (
        "{district} has neither assignments nor a rulebook in {year}, so there is nothing to count. "
        "Check the district and the year; to begin that year, run: "
        "tian adopt --district {district} --year {year}"
    )


def with_something_in_it(figures: Figures) -> Figures:
    """The same figures. Raises EmptyYear where neither a case nor a rulebook is behind them."""
    if figures.total == 0 and figures.score is None and not figures.comparisons:
        raise EmptyYear(district=figures.district, year=figures.year)
    return figures
