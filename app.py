"""The web pages: `streamlit run app.py`, or `hingecheck app`. Everything is in hingecheck/pages."""

import streamlit as st

from hingecheck.pages import server

app = st.App(server.MAIN, middleware=server.middleware(), lifespan=server.announce)
