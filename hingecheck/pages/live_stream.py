"""The browser's camera -> the engine, and its drawn pictures back; the only door to streamlit-webrtc."""

from __future__ import annotations

import numpy as np
import streamlit as st
from av import VideoFrame
from streamlit_webrtc import Translations, VideoHTMLAttributes, WebRtcMode, webrtc_streamer

from hingecheck.live.engine_process import EngineApart

#: The camera's own rate and a size that the model sees all of; browsers give what is nearest.
_WISHES = {"video": {"width": {"ideal": 640}, "height": {"ideal": 480}, "frameRate": {"ideal": 30}}, "audio": False}
_KEY = "live"
#: Without playsInline a phone shows the video in a window of its own.
_SHOWN = VideoHTMLAttributes(autoPlay=True, controls=True, muted=True, playsInline=True, style={"width": "100%"})
_WORDS = Translations(start="Start the camera", stop="Stop the camera", select_device="Other camera",
                      device_ask_permission="Allow the camera when the browser asks.")


def is_playing() -> bool:
    """Return whether the video ran when this run of the page began."""
    context = st.session_state.get(_KEY)
    return context is not None and bool(context.state.playing)


def stream(engine: EngineApart) -> bool:
    """Draw the video with its START and STOP; return whether it plays."""

    async def looked_at(waiting: list[VideoFrame]) -> list[VideoFrame]:
        # What waited meanwhile is left out and counted: an old picture helps nobody.
        newest = waiting[-1]
        engine.dropped(len(waiting) - 1)
        stamp_s = float(newest.pts * newest.time_base) if newest.pts is not None and newest.time_base else 0.0
        drawn = engine.frame(np.asarray(newest.to_ndarray(format="rgb24"), dtype=np.uint8), stamp_s)
        return [VideoFrame.from_ndarray(drawn, format="rgb24")]

    context = webrtc_streamer(
        key=_KEY, mode=WebRtcMode.SENDRECV,
        # No server of anybody's is asked for the way: both ends are in one network.
        rtc_configuration={"iceServers": []},
        media_stream_constraints=_WISHES, queued_video_frames_callback=looked_at, on_video_ended=engine.ended,
        async_processing=True, media_toggle_controls=False, video_html_attrs=_SHOWN, translations=_WORDS)
    return bool(context.state.playing)
