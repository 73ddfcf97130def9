"""The live page alone, as `streamlit run` starts it: what the tests of this folder open."""

import streamlit as st

from coach.pages.live import page

st.set_page_config(page_title="HingeCheck", layout="wide")
st.navigation([st.Page(page, title="Live", url_path="live", default=True)]).run()
