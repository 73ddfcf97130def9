"""Messages that a page sends reach Streamlit, and none of those that reach beyond the window."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from hingecheck.pages.window_messages import is_needed


def _message(kind: str, **values: object) -> bytes:
    return BackMsg(**{kind: values or True}).SerializeToString()  # type: ignore[arg-type]


@pytest.mark.parametrize(("data", "needed"), [
    (_message("rerun_script", query_string="set=x"), True), (_message("stop_script"), True),
    (_message("app_heartbeat"), True), (_message("file_urls_request", request_id="1"), True),
    (_message("backend_operation_request", request_id="1", deferred_file={"file_id": "x"}), True),
    (_message("clear_cache"), False), (_message("set_run_on_save"), False), (_message("load_git_info"), False),
    (_message("debug_shutdown_runtime"), False), (_message("debug_disconnect_websocket"), False),
    (_message("backend_operation_request", request_id="1", install_skills={}), False),
    (_message("backend_operation_request", request_id="1", dismiss_skills_nudge={}), False),
    (_message("backend_operation_request", request_id="1", dataframe_chunk={"source_id": "x"}), False),
    (_message("backend_operation_request", request_id="1"), False),
    # Streamlit itself closes a window that sends these.
    (b"\xff\xff\xff", True), (b"", True), (None, True)])
def test_only_what_a_page_needs_is_let_through(data: bytes | None, needed: bool) -> None:
    assert is_needed(data) == needed
