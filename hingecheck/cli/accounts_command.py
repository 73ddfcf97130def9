"""`hingecheck accounts ...`: list, add and delete the accounts of a shared server, and give new passwords.

As in `main`, nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from language.translate import _

if TYPE_CHECKING:
    from hingecheck.history.connection import History

_FAILED = 1
app = typer.Typer(no_args_is_help=True, help=_("Accounts of the shared pages: list, add, new password, delete."))

_Name = Annotated[str, typer.Argument(
    metavar="NAME", help=_("Name that the account logs in with."), show_default=False)]


class RoleName(str, Enum):
    """The roles, as the command line takes them."""

    PERSON = "person"
    THERAPIST = "therapist"
    OWNER = "owner"


@contextmanager
def _history() -> Iterator[History]:
    """Open the history; print its errors without a traceback."""
    from hingecheck.history.records import HistoryError
    from hingecheck.history.store import open_history

    try:
        with open_history() as history:
            yield history
    except HistoryError as error:
        typer.echo(_("Error: {error}").format(error=error), err=True)
        raise typer.Exit(_FAILED) from None


@app.command("list")
def list_accounts() -> None:
    """List the accounts with their roles and own profiles."""
    from hingecheck.history import accounts, people
    from hingecheck.history.text_checks import strip_control_characters

    with _history() as history:
        names = {person.id: person.name for person in people.everyone(history, archived=True)}
        for account in accounts.everyone(history):
            profile = names.get(account.person_id) if account.person_id is not None else None
            openid = [f"OpenID {account.openid}"] if account.openid else []
            own = _("profile {name}").format(name=profile) if profile else _("no profile")
            parts = [account.name, account.role.value, own, *openid]
            typer.echo(strip_control_characters(", ".join(parts)))


@app.command()
def add(
    name: _Name,
    role: Annotated[RoleName, typer.Option(
        "--role", help=_("person: sees their own sets. therapist: those who agreed. owner: "
                         "everything."))] = RoleName.PERSON,
    person: Annotated[str | None, typer.Option(
        "--person", "-p", metavar="NAME", help=_("The account's own profile, added if new. Default for a person: the "
                                                 "same name."), show_default=False)] = None,
    openid: Annotated[str | None, typer.Option(
        "--openid", metavar="WHO", help=_("E-mail address or subject at the OpenID "
                                          "provider."), show_default=False)] = None,
) -> None:
    """Add an account and print its first password; the account chooses its own when it logs in."""
    from hingecheck.history import accounts, passwords, people
    from hingecheck.history.access import Role

    with _history() as history:
        profile = person or (name if role is RoleName.PERSON else None)
        person_id = None if profile is None else people.find_or_add(history, profile)[0].id
        password = passwords.make()
        accounts.add(history, name, Role(role.value), password, person_id, openid, is_temporary=True)
        _print_password(name, password)


@app.command()
def password(name: _Name) -> None:
    """Make a new password for an account and print it; the account chooses its own when it logs in."""
    from hingecheck.history import accounts, passwords

    with _history() as history:
        made = passwords.make()
        accounts.set_password(history, accounts.find(history, name).id, made, is_temporary=True)
        _print_password(name, made)


@app.command()
def delete(name: _Name,
           yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask for confirmation."))] = False) -> None:
    """Delete an account. No profile and no set is deleted."""
    from hingecheck.history import accounts

    with _history() as history:
        account = accounts.find(history, name)
        if not yes and not typer.confirm(_("Delete the account {name}?").format(name=account.name)):
            typer.echo(_("Nothing was deleted."))
            raise typer.Exit(_FAILED)
        accounts.delete(history, account.id)
        typer.echo(_("Deleted: the account {name}.").format(name=account.name))


def _print_password(name: str, password: str) -> None:
    typer.echo(_("The password of {name}, until they choose their own: {password}").format(
                   name=name, password=password))


def require_an_owner() -> None:
    """Let the person at the terminal make the owner's account, where there is none yet."""
    from hingecheck.history import accounts, passwords
    from hingecheck.history.access import Role

    with _history() as history:
        if accounts.has_owner(history):
            return
        if not sys.stdin.isatty():
            typer.echo(_("Error: sharing needs an owner's account. Run: hingecheck accounts add NAME --role owner"),
                       err=True)
            raise typer.Exit(_FAILED)
        typer.echo(_("Whoever opens the shared pages logs in. First an account for you, the owner:"))
        name = typer.prompt(_("Name"))
        word = typer.prompt(_("Password, at least {shortest} characters").format(
                                shortest=passwords.SHORTEST), hide_input=True,
                            confirmation_prompt=True)
        accounts.add(history, name, Role.OWNER, word)
