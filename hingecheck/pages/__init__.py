"""The web pages: each page is a module with one function that draws it. Only this package imports Streamlit.

`main.run` sets up and routes. `state` holds the data of a browser window. `elements` escapes text from outside.
Nothing is measured, judged or counted here.
"""
