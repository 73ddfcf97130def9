"""The web pages: `streamlit run app.py`, or `hingecheck app`. Everything is in hingecheck/pages."""

from hingecheck.pages.main import run

run()
