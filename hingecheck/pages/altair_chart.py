"""A chart of weeks -> the page. Without Altair's check against Vega-Lite's schema, which costs most of a page's time.

`st.altair_chart` has a chart checked each time that it is drawn, a tenth of a second for each; the charts here are the
program's own, and a test checks them.
"""

from __future__ import annotations

import altair as alt
import streamlit as st

# Years of answers are more than Altair's usual limit of 5,000 points.
alt.data_transformers.disable_max_rows()


def draw(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height_px: int, description: str) -> None:
    """Draw it as wide as its place; `description` is what a screen reader says."""
    spec = chart.properties(height=height_px, description=description).to_dict(validate=False)
    spec.pop("config", None)  # Altair's own looks; the page has its theme
    st.vega_lite_chart(spec=spec, width="stretch")
