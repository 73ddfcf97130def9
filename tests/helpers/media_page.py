"""A page with one image and one video, for the tests of how the server delivers them."""

from __future__ import annotations

import sys

import numpy as np
import streamlit as st

st.image(np.full((8, 8, 3), 90, np.uint8))
st.video(sys.argv[1])
