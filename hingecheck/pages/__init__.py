"""The web pages: one module a page, one function in it that draws it. Only here is Streamlit imported.

`main.run` sets up and routes; `state` is what a browser window remembers; `shown` turns text from outside into text on
the page. Nothing is measured, judged or counted here.
"""
