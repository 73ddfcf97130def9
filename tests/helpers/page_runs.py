"""Know in a browser whether the server has answered what a person just did on a page.

A page of Streamlit says that nothing runs until the server tells it otherwise; a click is not answered yet then.
"""

from __future__ import annotations

from string import Template
from uuid import uuid4

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

#: What a slider tells the server, it tells so long after the last key; what is drawn, a moment after it came.
_TOLD_MS, _DRAWN_MS = 250, 100
#: The server leaves the click on a part of a page unanswered that is no longer there.
_ANSWERED_MS = 30_000

#: Keeps the requests of a window to run a page until the run that follows has ended; those by a timer do not count.
#: A run of a part of the page is no answer to a request for all of it, and one that began before is none either.
WATCH = Template("""(() => {
    const fields = bytes => {
        const found = {};
        let at = 0;
        const number = () => {
            let value = 0, factor = 1, byte;
            do { byte = bytes[at++]; value += (byte & 127) * factor; factor *= 128; } while (byte & 128);
            return value;
        };
        while (at < bytes.length) {
            const tag = number(), kind = tag % 8, name = Math.floor(tag / 8);
            if (kind === 0) found[name] = number();
            else if (kind === 2) { const size = number(); found[name] = bytes.subarray(at, at += size); }
            else { found[name] = true; at += kind === 1 ? 8 : 4; }
        }
        return found;
    };
    const sockets = new WeakSet(), send = WebSocket.prototype.send;
    window.unanswered = [];
    const heard = event => {
        if (!(event.data instanceof ArrayBuffer)) return;
        const message = fields(new Uint8Array(event.data)), ended = message[$ended];
        if ($begun in message) window.unanswered.forEach(one => { one.begun = true; });
        if (ended === undefined || ended === $early) return;
        const done = window.unanswered.filter(one => one.begun && (one.part || ended !== $part_ended));
        setTimeout(() => { window.unanswered = window.unanswered.filter(one => !done.includes(one)); }, $drawn_ms);
    };
    WebSocket.prototype.send = function (data) {
        const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
        const run = bytes instanceof Uint8Array ? fields(bytes)[$run] : undefined;
        if (run) {
            if (!sockets.has(this)) {
                sockets.add(this);
                this.addEventListener("message", heard);
                this.addEventListener("close", () => { window.unanswered = []; });
            }
            const asked = fields(run);
            if (!asked[$by_timer]) window.unanswered.push({ begun: false, part: Boolean(asked[$part]?.length) });
        }
        return send.call(this, data);
    };
})();""").substitute(
    run=BackMsg.RERUN_SCRIPT_FIELD_NUMBER, part=ClientState.FRAGMENT_ID_FIELD_NUMBER,
    by_timer=ClientState.IS_AUTO_RERUN_FIELD_NUMBER, begun=ForwardMsg.NEW_SESSION_FIELD_NUMBER,
    ended=ForwardMsg.SCRIPT_FINISHED_FIELD_NUMBER, early=ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    part_ended=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY, drawn_ms=_DRAWN_MS)

_IS_ANSWERED = """([wait, toldMs]) => {
    window.waits ??= {};
    window.waits[wait] ??= (setTimeout(() => { window.waits[wait] = "over"; }, toldMs), "begun");
    return window.waits[wait] === "over" && !window.unanswered?.length;
}"""


def wait_until_answered(page: Page) -> None:
    """Wait until the server has answered everything that was done in a window made by `app_server.browser`."""
    try:
        page.wait_for_function(_IS_ANSWERED, arg=[uuid4().hex, _TOLD_MS], timeout=_ANSWERED_MS)
    except PlaywrightTimeoutError:
        print(f"{page.url}: not answered within {_ANSWERED_MS / 1000:.0f} s: {page.evaluate('window.unanswered')}")
