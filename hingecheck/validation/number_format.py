"""Read numbers as tables write them: decimal points or commas, thousands separators, degree signs, empty cells."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from language.translate import _, mark

#: Between thousands besides the point and the comma: spaces of every width, and the apostrophes of Switzerland.
_ALWAYS_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'\u2019](?=\d{3})")
#: A number whose only mark may stand between thousands; one that begins with 0 has a decimal mark.
_MAY_BE_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$")
_MISSING = ("nan", "-", "n/a")


class HandFileError(ValueError):
    """A table of angles measured by hand cannot be read; the message says where, and what was expected."""


@dataclass(frozen=True)
class NumberFormat:
    """How a table writes its numbers.

    Attributes
    ----------
    decimal : str
        "." or "," where the table shows which it is; "" where a single mark in a number is taken as the decimal one.
    """

    decimal: str = ""

    def number(self, text: str, where: str, what: str = mark("a number of degrees")) -> float:
        """Read a number; NaN for an empty cell. `what` is expected there, marked for translation.

        Examples
        --------
        >>> NumberFormat().number("123,4", "file, line 2")
        123.4
        >>> NumberFormat(",").number("1.033", "file, line 2")
        1033.0
        """
        plain = _plain(text)
        if not plain or plain.lower() in _MISSING:
            return math.nan
        try:
            value = float(self._with_point(plain))
        except ValueError:
            value = math.inf
        if not math.isfinite(value):
            raise HandFileError(_("{where}: expected {what}, got {text!r}").format(
                where=where, what=_(what), text=text))
        return value

    def _with_point(self, plain: str) -> str:
        """Return the text as Python writes numbers."""
        match = _MAY_BE_THOUSANDS.match(plain)
        if match and self.decimal and match[1] != self.decimal:
            return plain.replace(match[1], "")
        if "." in plain and "," in plain:
            decimal = max(".,", key=plain.rfind)
            return plain.replace("," if decimal == "." else ".", "").replace(decimal, ".")
        return plain.replace(",", ".")


def number_format(cells: Iterable[str]) -> NumberFormat:
    """Find out how a table writes its numbers, from all of its cells.

    A mark is the decimal one where it stands in a number that it cannot group by thousands; where both do, the table
    shows nothing.

    Examples
    --------
    >>> number_format(["1.033", "12,5"])
    NumberFormat(decimal=',')
    """
    proven = {mark for text in cells for mark in _decimal_mark(_plain(text))}
    return NumberFormat(proven.pop() if len(proven) == 1 else "")


def _decimal_mark(plain: str) -> str:
    """Return the mark that is surely the decimal one of a number; "" where none is."""
    grouped = _MAY_BE_THOUSANDS.match(plain)
    if grouped:
        return "" if plain.count(grouped[1]) == 1 else ",."[".,".index(grouped[1])]
    if not re.fullmatch(r"[-+]?[\d.,]+", plain):
        return ""
    last = max(".,", key=plain.rfind)
    return last if plain.count(last) == 1 else ""


def _plain(text: str) -> str:
    plain = text.replace("\u00b0", "").strip().strip('"').removesuffix("deg").strip()
    return _ALWAYS_THOUSANDS.sub("", plain).replace("\u00a0", "")
