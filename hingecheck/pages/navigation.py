"""Set up and draw the page that the address names: navigation, page, footer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import streamlit as st
from streamlit import config

from hingecheck.pages import (
    analyse_page,
    compare_page,
    current_page,
    deletion,
    elements,
    home_page,
    language_choice,
    learn_page,
    live_page,
    open_windows,
    people_page,
    programme_page,
    progress_page,
    review_page,
    samples_page,
    setup_check_page,
    share_section,
    state,
    visitors,
    whose,
)
from language.current import current
from language.translate import _, mark

_NOT_ADVICE = mark("Exercise feedback, not medical advice or a diagnosis. Talk to a professional if you have pain or "
                   "numbness, or have had surgery.")
_ICON = "\N{PERSON IN LOTUS POSITION}"


#: What draws the page of each address. Not `StreamlitPage.run`: what that draws bears the page's mark, and now and then
#: the browser takes it all away again where the page before it had a part that runs by itself.
_DRAWN: dict[str, Callable[[], None]] = {
    "": home_page.page, "analyse": analyse_page.page, "live": live_page.page, "review": review_page.page,
    "progress": progress_page.page, "learn": learn_page.page, "people": people_page.page,
    "samples": samples_page.page, "compare": compare_page.page, "setup": setup_check_page.page,
    "programme": programme_page.page,
}
#: What Streamlit calls a server that runs a file as it is, without the application that the guard stands around.
_WITHOUT_GUARD = "starlette-managed"


def run() -> None:
    """Draw the page that the address names."""
    if getattr(config, "_server_mode", None) == _WITHOUT_GUARD:
        st.error(_("Started in this way, these pages would answer to every web site. Stop the server. Start it with "
                   "hingecheck app, or with streamlit run app.py in the project's folder."))
        st.stop()
    open_windows.note()
    st.set_page_config(page_title="HingeCheck", page_icon=_ICON, layout="wide", initial_sidebar_state="collapsed")
    language_choice.use()
    elements.style()
    pages = {
        "home": st.Page(_DRAWN[""], title=_("Home"), default=True),
        "analyse": st.Page(_DRAWN["analyse"], title=_("Analyse"), url_path="analyse"),
        "live": st.Page(_DRAWN["live"], title=_("Live"), url_path="live"),
        "review": st.Page(_DRAWN["review"], title=_("Review"), url_path="review"),
        "progress": st.Page(_DRAWN["progress"], title=_("Progress"), url_path="progress"),
        "learn": st.Page(_DRAWN["learn"], title=_("Learn"), url_path="learn"),
        "people": st.Page(_DRAWN["people"], title=_("People"), url_path="people"),
        "samples": st.Page(_DRAWN["samples"], title=_("Samples"), url_path="samples", visibility="hidden"),
        "compare": st.Page(_DRAWN["compare"], title=_("Compare"), url_path="compare", visibility="hidden"),
        "setup": st.Page(_DRAWN["setup"], title=_("Set-up check"), url_path="setup", visibility="hidden"),
        "programme": st.Page(_DRAWN["programme"], title=_("Your own programmes"), url_path="programme",
                             visibility="hidden"),
    }
    state.remember_pages(pages)
    page = st.navigation(list(pages.values()), position="top")
    st.set_page_config(page_title="HingeCheck" if page is pages["home"] else f"{page.title} \N{MIDDLE DOT} HingeCheck")
    state.history()  # before anything is drawn: a shared server shows nothing to nobody
    # The foot is drawn first: a page that ends early still has the way out below it.
    body, foot = (st.container(), st.container()) if visitors.shared_server() else (nullcontext(), nullcontext())
    with foot:
        share_section.draw()
    with body:
        deletion.draw_notice()
        _DRAWN[page.url_path]()
    whose.remember()
    current_page.mark(page.url_path, current())
    language_choice.draw()
    elements.piece("footer", text=" ".join([
        _(_NOT_ADVICE), _("Everything stays on {place}.").format(place=state.place())]))
