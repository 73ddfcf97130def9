"""Live: webcam frames -> set-up, cues, counted reps and holds, and the report that the same clip would get.

`live_set.LiveSet` is one set without threads, clocks or screens. `engine.Engine` is the session: it adds the model, a
lock and the history. `window` (OpenCV) and `hingecheck.pages.live_page` (browser) show it. Nothing here imports
Streamlit.
"""
