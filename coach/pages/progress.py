"""Stub."""
import streamlit as st


def page() -> None:
    """Draw."""
    st.title("progress")
