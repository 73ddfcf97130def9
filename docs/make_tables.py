"""The numbers in docs/measurement.md, from the program itself: run it again after a new fit or a changed limit.

    python docs/make_tables.py            # rewrite the tables in docs/measurement.md
    python docs/make_tables.py --check    # only say whether they are up to date (exit code 1 if not)
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from exercises.load import load
from exercises.report_parts import LEAST_FULL_BEND_DEG
from pose.frame.view import ViewLimits
from pose.positions.sitting_fit import fit as sitting_fit
from pose.quantity import QUANTITIES
from pose.spine.fit import TARGETS, WIDTH_KNOTS_DEG, WIDTH_NAMES, fit, half_widths, width_terms
from pose.spine.hinge_terms import NAMES

PAGE = Path(__file__).with_name("measurement.md")
_PLACE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; numbers stand right, the first column left."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def errors() -> str:
    """Return the formula's error on rendered people whom the fit has not seen."""
    about = fit().about
    rows = []
    for part, by_target in about["error_on_unseen_people_deg"].items():
        cells = [f"{by_target[target]['mae']:.1f} / {by_target[target]['p95']:.1f}" for target in TARGETS]
        rows.append([part, *cells])
    said = f"{about['rows']} pictures of {about['people']} rendered people; mean absolute error / 95th percentile, deg."
    return f"{said}\n\n" + table(["", *(QUANTITIES[target].label for target in TARGETS)], rows)


def widths() -> str:
    """Return the half-width of the 90 % band for usual bends, and what it is multiplied by."""
    targets = [f"\u00b1 {QUANTITIES[target].label}" for target in TARGETS]
    flexion = np.array([(knot, 70.0, 10.0) for knot in WIDTH_KNOTS_DEG])
    unhidden = np.zeros(len(flexion))
    usual = half_widths(width_terms(flexion, unhidden, np.full(len(flexion), 0.9), unhidden, unhidden))
    rows = [[f"{knot:.0f}", *(f"{value:.1f}" for value in at)]
            for knot, at in zip(WIDTH_KNOTS_DEG, usual, strict=True)]
    times = [[f"times, with {name}", *(f"{value:.2f}" for value in values)] for name, values
             in zip(WIDTH_NAMES, np.exp(fit().width_weights), strict=True) if not name.startswith("spinal curve")]
    return table(["spinal curve, estimated (hips 70 deg)", *targets], [*rows, *times])


def sitting() -> str:
    """Return the error of the sitting formula on rendered people whom it has not seen, and its band."""
    numbers = sitting_fit()
    about = numbers.about
    rows = [[f"{name}, {place}", f"{error[key]['mae']:.1f} / {error[key]['p90']:.1f}", f"{band:.1f}"]
            for (place, error), bands in zip(about["error"].items(), numbers.widths_deg.tolist(), strict=True)
            for (key, name), band in zip((("spine_flexion_deg", "spinal curve"), ("pelvis_tilt_deg", "pelvis' tilt")),
                                         bands, strict=True)]
    said = f"{about['rows']} pictures of {about['people']} rendered people; mean absolute error / 90th percentile, deg."
    return f"{said}\n\n" + table(["", "error", "\u00b1 (90 % band)"], rows)


def weights() -> str:
    """Return the weights of the plain sum: degrees of flexion for one unit of each term."""
    numbers = fit()
    per_unit = numbers.weights / numbers.term_scale[:, None]
    rows = [[name, f"{mean:.1f}", f"{spread:.1f}", *(f"{value:+.2f}" for value in values)]
            for name, mean, spread, values in zip(NAMES, numbers.term_mean, numbers.term_scale, per_unit, strict=True)]
    rows.insert(0, ["(at the usual values)", "", "", *(f"{value:.1f}" for value in numbers.mean)])
    return table(["term", "usual value", "usual spread", *(QUANTITIES[target].label for target in TARGETS)], rows)


def view() -> str:
    """Return from when on a picture is not judged."""
    limits = ViewLimits()
    return table(["a picture is not judged", "limit"], [
        ["turned from side-on by more than", f"{limits.turned_deg:g} deg"],
        ["seen from above or below by more than", f"{limits.looking_down_deg:g} deg"],
        ["the person is smaller than", f"{limits.smallest_px:g} px"],
        ["head, shoulders, hips, knees or feet are outside the picture", ""],
        ["more than one person is in the picture", ""]])


def rounding() -> str:
    """Return the limits of the rounding rule of the hip hinge."""
    bound = load("hip_hinge").rule("rounding").bound
    watch, most = bound.own_watch or 0.0, bound.own_at_most or 0.0
    return table(["", "watch", "fault"], [
        ["for everybody", f"{bound.watch:g} deg", f"{bound.limit:g} deg"],
        [f"with the own full bend (at least {LEAST_FULL_BEND_DEG:g} deg)", f"{100 * watch:.0f} % of it",
         f"{100 * most:.0f} % of it"]])


def ranges() -> str:
    """Return every quantity with its unit and plausible range."""
    return table(["column", "what it is", "plausible"], [
        [f"`{one.name}`", one.label, f"{one.lowest:g} to {one.highest:g} {one.unit}"] for one in QUANTITIES.values()])


TABLES: dict[str, Callable[[], str]] = {"errors": errors, "widths": widths, "weights": weights, "view": view,
                                        "sitting": sitting,
                                        "rounding": rounding, "ranges": ranges}


def filled(text: str, tables: Mapping[str, Callable[[], str]] = TABLES) -> str:
    """Return a page with every table made anew.

    Raises
    ------
    KeyError
        The page asks for a table that does not exist.
    """
    return _PLACE.sub(lambda found: found[1] + tables[found[2]]() + found[3], text)


def main(page: Path = PAGE, tables: Mapping[str, Callable[[], str]] = TABLES, what: str = __doc__) -> None:
    """Rewrite a page, or check it."""
    parser = argparse.ArgumentParser(description=what.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether the tables are up to date")
    args = parser.parse_args()
    old = page.read_text(encoding="utf-8")
    new = filled(old, tables)
    if args.check:
        sys.exit(0 if new == old else f"{page.name} is out of date: run python docs/{Path(sys.argv[0]).name}")
    page.write_text(new, encoding="utf-8")
    print(f"{page.name}: {len(_PLACE.findall(new))} tables, {'rewritten' if new != old else 'nothing changed'}")


if __name__ == "__main__":
    main()
