"""Draw an Altair chart without its check against Vega-Lite's schema, which takes most of a page's time.

`st.altair_chart` checks a chart each time it draws it, a tenth of a second each. The charts here are the program's own,
and a test checks them.
"""

from __future__ import annotations

import altair as alt
import streamlit as st

from language import numbers

# Years of answers are more than Altair's usual limit of 5,000 points.
alt.data_transformers.disable_max_rows()


def draw(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height_px: int, description: str) -> None:
    """Draw a chart as wide as its container; a screen reader reads `description`."""
    spec = chart.properties(height=height_px, description=description).to_dict(validate=False)
    # Altair's own colours and fonts would override the page's theme.
    spec["config"] = {"locale": numbers.vega_locale()}
    st.vega_lite_chart(spec=spec, width="stretch")
