"""Live: frames of a webcam -> set-up, cues, counted reps and holds, and the report that the same clip would get.

`live.Live` is the whole session without threads, clocks or screens; `engine.Engine` adds the model, a lock and the
history; `window` (OpenCV) and `hingecheck.pages.live_page` (browser) show it. Nothing here sees Streamlit.
"""
