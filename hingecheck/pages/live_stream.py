"""Stream the browser's camera to the engine and its drawn frames back; only this module imports streamlit-webrtc."""

from __future__ import annotations

import numpy as np
import streamlit as st
from av import VideoFrame
from streamlit_webrtc import Translations, VideoHTMLAttributes, WebRtcMode, webrtc_streamer

from hingecheck.live.engine_process import EngineProcess
from language.translate import _

#: A usual camera's rate, and a size that keeps every detail the model uses; browsers give what is nearest.
_CONSTRAINTS = {"video": {"width": {"ideal": 640}, "height": {"ideal": 480}, "frameRate": {"ideal": 30},
                          # A phone's camera at the back is the better one, and wider. Others have no such side.
                          "facingMode": {"ideal": "environment"}},
                "audio": False}
_KEY = "live"
#: Without playsInline a phone shows the video in a window of its own.
_VIDEO_ATTRIBUTES = VideoHTMLAttributes(autoPlay=True, controls=False, muted=True, playsInline=True,
                                        style={"width": "100%"})


def is_playing() -> bool:
    """Return whether the video was playing when this run of the page began."""
    context = st.session_state.get(_KEY)
    return context is not None and bool(context.state.playing)


def _words() -> Translations:
    return Translations(start=_("Start the camera"), stop=_("Stop the camera"), select_device=_("Other camera"),
                        device_ask_permission=_("Allow the camera when the browser asks."))


def stream(engine: EngineProcess) -> bool:
    """Draw the video with its START and STOP; return whether it plays."""

    async def process_newest(queue: list[VideoFrame]) -> list[VideoFrame]:
        # Older frames are dropped and counted: a late cue helps nobody.
        newest = queue[-1]
        engine.count_dropped(len(queue) - 1)
        time_s = float(newest.pts * newest.time_base) if newest.pts is not None and newest.time_base else 0.0
        drawn = engine.process(np.asarray(newest.to_ndarray(format="rgb24"), dtype=np.uint8), time_s)
        return [VideoFrame.from_ndarray(drawn, format="rgb24")]

    context = webrtc_streamer(
        key=_KEY, mode=WebRtcMode.SENDRECV,
        # No STUN server is contacted: both ends are in one network.
        rtc_configuration={"iceServers": []},
        media_stream_constraints=_CONSTRAINTS, queued_video_frames_callback=process_newest,
        on_video_ended=engine.end_stream, async_processing=True, media_toggle_controls=False,
        video_html_attrs=_VIDEO_ATTRIBUTES, translations=_words())
    return bool(context.state.playing)
