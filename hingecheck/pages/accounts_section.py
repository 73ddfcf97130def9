"""Draw the accounts of a shared server for its owner: add, change, new password, delete."""

from __future__ import annotations

import streamlit as st

from hingecheck.history import accounts, passwords, people
from hingecheck.history.access import Role
from hingecheck.history.accounts import Account
from hingecheck.history.connection import History
from hingecheck.history.records import Person
from hingecheck.pages import elements, state, visitors
from language.translate import _, mark

_ROLES = {Role.PERSON: mark("Person: sees their own sets"), Role.THERAPIST: mark("Therapist: sees those who agreed"),
          Role.OWNER: mark("Owner: sees everything, and manages the accounts")}
_NEW_PASSWORD = "new_password"


def draw(history: History) -> None:
    """Draw the section, for owners only."""
    viewer = history.viewer
    if viewer is None or not viewer.is_owner:
        return
    st.header(_("Accounts"), anchor=False)
    made = st.session_state.pop(_NEW_PASSWORD, None)
    if made is not None:
        name, password = made
        st.success(elements.plain(_("The password of {name}. It is shown once. They choose their own when they log "
                                    "in.").format(name=name)))
        st.code(password, language=None)
    profiles = people.everyone(history, archived=True)
    for account in accounts.everyone(history):
        with st.expander(elements.plain(f"{account.name}: {account.role.value}")):
            _draw_account(history, account, profiles, is_self=account.id == viewer.account_id)
    _draw_new(history, profiles)


def _draw_account(history: History, account: Account, profiles: tuple[Person, ...], is_self: bool) -> None:
    with st.form(f"account-{account.id}", border=False):
        role = st.selectbox(_("Role"), list(_ROLES), index=list(_ROLES).index(account.role),
                            format_func=lambda role: _(_ROLES[role]))
        profile = _choose_profile(profiles, account)
        if st.form_submit_button(_("Save")):
            with state.report_errors():
                accounts.change(history, account.id, role, None if profile is None else profile.id)
                st.rerun()
    if is_self:
        return
    if st.button(_("Make a new password"), key=f"password-{account.id}"):
        with state.report_errors():
            password = passwords.make()
            accounts.set_password(history, account.id, password, is_temporary=True)
            _end_logins(account)
            st.session_state[_NEW_PASSWORD] = account.name, password
            st.rerun()
    confirmed = st.checkbox(_("Yes, delete this account. No set is deleted."), key=f"sure-{account.id}")
    if st.button(_("Delete the account"), disabled=not confirmed, key=f"delete-{account.id}"):
        with state.report_errors():
            accounts.delete(history, account.id)
            _end_logins(account)
            st.rerun()


def _draw_new(history: History, profiles: tuple[Person, ...]) -> None:
    with st.expander(_("Add an account")), st.form("add-account", border=False):
        name = st.text_input(_("Name to log in with"), max_chars=200)
        role = st.selectbox(_("Role"), list(_ROLES), format_func=lambda role: _(_ROLES[role]))
        profile = _choose_profile(profiles)
        openid = st.text_input(_("E-mail address or subject at the OpenID provider (optional)"), max_chars=200)
        if st.form_submit_button(_("Add account")):
            with state.report_errors():
                password = passwords.make()
                account = accounts.add(history, name, role, password, None if profile is None else profile.id,
                                       openid or None, is_temporary=True)
                st.session_state[_NEW_PASSWORD] = account.name, password
                st.rerun()


def _choose_profile(profiles: tuple[Person, ...], account: Account | None = None) -> Person | None:
    """Let the owner choose whose profile is the account's own."""
    choices: list[Person | None] = [None, *profiles]
    own = None if account is None else account.person_id
    index = next((index for index, one in enumerate(choices) if one is not None and one.id == own), 0)
    return st.selectbox(_("Own profile"), choices, index=index,
                        format_func=lambda one: "none" if one is None else one.name)


def _end_logins(account: Account) -> None:
    server = visitors.shared_server()
    if server is not None:
        server.logins.end_all(account.id)
