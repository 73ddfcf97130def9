"""The web pages: `streamlit run app.py`, or `hingecheck app`. Everything is in coach/pages."""

from coach.pages.main import run

run()
