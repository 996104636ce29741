"""`crossdock principal`: who may call the hub of this machine. Works on the file of principals; the hub follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, NoReturn
from uuid import UUID

import typer
from msgspec.structs import replace

from hub.api.edge.access import token_sha256
from hub.api.edge.bearer import Identity
from hub.api.edge.principals import Principal, PrincipalsUnusable, Token, read
from hub.app.cli import wording
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubError
from hub.app.runtime.principals import ADMIN, change, minted
from hub.config.table import OIDC_ISSUER
from hub.kernel.scope import Role

ALL: Final = "*"
_SHOWN_OF_A_HASH: Final = 12
_SCOPED: Final = {Role.CHANNEL: "channel", Role.WAREHOUSE: "node", Role.ADAPTER: "account", Role.CUSTOMER: "channel"}
"""Roles that say over what they hold."""

Name = Annotated[str, typer.Argument(help="Name of the principal.")]
Expires = Annotated[str, typer.Option(help="How long the token holds, such as 90d. Without it, until it is revoked.")]


@dataclass(frozen=True)
class Made:
    """A token that was made, shown once."""

    principal: str
    token: str
    expires: datetime | None


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(no_args_is_help=True, help="Who may call the hub: add, list, rotate and revoke tokens.")
    group.command("add")(add)
    group.command("list")(list_principals)
    group.command("rotate")(rotate)
    group.command("revoke")(revoke)
    app.add_typer(group, name="principal")


def add(
    context: typer.Context,
    name: Name,
    *,
    role: Annotated[list[Role], typer.Option(help="What it may do; repeat it for several roles.")],
    channel: Annotated[list[str] | None, typer.Option(help="A channel that it sees; '*' for all.")] = None,
    node: Annotated[list[str] | None, typer.Option(help="A node that it sees; '*' for all.")] = None,
    seller: Annotated[list[str] | None, typer.Option(help="A seller that it sees; all without it.")] = None,
    account: Annotated[list[str] | None, typer.Option(help="A partner account that it serves; '*' for all.")] = None,
    party: Annotated[
        list[str] | None,
        typer.Option(help="Of a customer: a party of theirs, by id; without it, the door of a shop's page."),
    ] = None,
    subject: Annotated[
        str, typer.Option(help="Subject of the identity provider's tokens that show it; it gets no token of ours then.")
    ] = "",
    expires: Expires = "",
    as_json: AsJson = False,
) -> None:
    """Add a principal and print its token, which is shown this once."""
    session = session_of(context, as_json=as_json)
    stated = {"channel": channel, "node": node, "account": account}
    for kind in (_SCOPED[given] for given in role if given in _SCOPED):
        if not stated[kind]:
            raise typer.BadParameter(f"name each {kind} that it sees, or '*' for all", param_hint=f"--{kind}")
    if party and Role.CUSTOMER not in role:
        raise typer.BadParameter("only a customer has parties", param_hint="--party")
    if Role.CUSTOMER in role and len(set(role)) > 1:
        raise typer.BadParameter("a customer has no other role", param_hint="--role")
    if name == ADMIN or name.startswith("adapter:"):
        raise typer.BadParameter("the hub itself uses this name", param_hint="NAME")
    made, token = _made(name, expires)
    principal = Principal(
        name,
        frozenset(role),
        () if subject else (token,),
        identities=_identities(session, subject),
        channels=_names(channel),
        nodes=_names(node),
        sellers=_names(seller),
        accounts=_names(account),
        parties=frozenset(UUID(wording.identity(one, "--party")) for one in party) if party else None,
    )

    def edit(principals: list[Principal]) -> list[Principal]:
        if any(known.principal == name for known in principals):
            _refuse("PRINCIPAL_EXISTS", f"{name} is there already; run `crossdock principal rotate {name}`.")
        return [*principals, principal]

    _change(session, edit)
    if not subject:
        _show(session, made)
    elif session.output.as_json:
        session.output.json({"principal": name, "subject": subject})
    else:
        session.output.say(f"{name} is who the provider calls {subject}.")


def list_principals(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List principals: what they may do and see, and their tokens by the first digits of their hashes."""
    session = session_of(context, as_json=as_json)
    path = session.settings.principals
    try:
        principals = read(path) if path.exists() else []
    except PrincipalsUnusable as error:
        _refuse("PRINCIPALS_UNUSABLE", str(error))
    if session.output.as_json:
        session.output.json({"principals": [_plain(principal) for principal in principals]})
        return
    rows = [
        (
            principal.principal,
            ", ".join(sorted(given.value for given in principal.roles)),
            *(_listed(names) for names in (principal.channels, principal.nodes, principal.sellers, principal.accounts)),
            "\n".join(
                [
                    *(_token_line(token) for token in principal.tokens),
                    *(f"{identity.subject} of {identity.issuer}" for identity in principal.identities),
                ]
            ),
        )
        for principal in principals
    ]
    columns = ("PRINCIPAL", "ROLES", "CHANNELS", "NODES", "SELLERS", "ACCOUNTS", "TOKENS")
    session.output.table(columns, rows, empty=f"{path} lists nobody; run `crossdock principal add`.")


def rotate(
    context: typer.Context,
    name: Name,
    *,
    overlap: Annotated[str, typer.Option(help="How long the tokens it has still hold, such as 1d.")] = "",
    expires: Expires = "",
    as_json: AsJson = False,
) -> None:
    """Give a principal a new token and print it; the tokens it has end, at once or after --overlap."""
    session = session_of(context, as_json=as_json)
    made, token = _made(name, expires)
    end = _now() + (wording.span(overlap) if overlap else timedelta())

    def edit(principals: list[Principal]) -> list[Principal]:
        return [_rotated(known, token, end) if known.principal == name else known for known in principals]

    _change(session, lambda principals: edit(_having(principals, name)))
    _show(session, made)


def revoke(
    context: typer.Context,
    name: Name,
    *,
    token: Annotated[
        str, typer.Option(help="First digits of the hash of one token; without it the whole principal.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Take out a principal, or one token of it. Its calls are refused, and its streams end, within a second."""
    session = session_of(context, as_json=as_json)

    def edit(principals: list[Principal]) -> list[Principal]:
        if not token:
            return [known for known in principals if known.principal != name]
        return [_without(known, token) if known.principal == name else known for known in principals]

    _change(session, lambda principals: edit(_having(principals, name)))
    if session.output.as_json:
        session.output.json({"revoked": name, "token": token or None})
        return
    session.output.say(f"The token {token} of {name} is revoked." if token else f"{name} is revoked.")


def _change(session: Session, edit: Callable[[list[Principal]], list[Principal]]) -> None:
    try:
        change(session.settings.principals, edit)
    except PrincipalsUnusable as error:
        _refuse("PRINCIPALS_UNUSABLE", str(error))


def _having(principals: list[Principal], name: str) -> list[Principal]:
    if all(known.principal != name for known in principals):
        _refuse("PRINCIPAL_NOT_FOUND", f"There is no principal {name}; `crossdock principal list` shows all.")
    return principals


def _identities(session: Session, subject: str) -> tuple[Identity, ...]:
    issuer = session.settings.oidc_issuer
    if subject and issuer is None:
        raise typer.BadParameter(f"name the identity provider with {OIDC_ISSUER} first", param_hint="--subject")
    return (Identity(issuer, subject),) if subject and issuer else ()


def _rotated(principal: Principal, token: Token, end: datetime) -> Principal:
    """Return a principal with another token; those it has end then, or earlier where they would have."""
    kept = [
        replace(known, expires=min(end, known.expires) if known.expires else end)
        for known in principal.tokens
        if end > _now() and not (known.expires and known.expires <= _now())
    ]
    return replace(principal, tokens=(*kept, token))


def _without(principal: Principal, prefix: str) -> Principal:
    named = [token for token in principal.tokens if token.sha256.startswith(prefix.lower())]
    if len(named) != 1:
        _refuse(
            "TOKEN_NOT_FOUND",
            f"{prefix} is the beginning of {len(named)} tokens of {principal.principal}; `crossdock principal list`"
            " shows all.",
        )
    return replace(principal, tokens=tuple(token for token in principal.tokens if token != named[0]))


def _made(name: str, expires: str) -> tuple[Made, Token]:
    """Return a new token as its holder sees it once, and as the file knows it."""
    now, secret = _now(), minted()
    until = now + wording.span(expires) if expires else None
    return Made(name, secret, until), Token(token_sha256(secret), added=now, expires=until)


def _show(session: Session, made: Made) -> None:
    if session.output.as_json:
        session.output.json({"principal": made.principal, "token": made.token, "expires": _text(made.expires)})
        return
    session.output.say(made.token)
    until = f" It holds until {_text(made.expires)}." if made.expires else ""
    session.output.errors.print(f"This token of {made.principal} is shown this once; keep it safe.{until}", style="dim")


def _plain(principal: Principal) -> dict[str, object]:
    return {
        "principal": principal.principal,
        "roles": sorted(given.value for given in principal.roles),
        "channels": _sorted(principal.channels),
        "nodes": _sorted(principal.nodes),
        "sellers": _sorted(principal.sellers),
        "accounts": _sorted(principal.accounts),
        "parties": None if principal.parties is None else sorted(map(str, principal.parties)),
        "identities": [{"issuer": identity.issuer, "subject": identity.subject} for identity in principal.identities],
        "tokens": [
            {"sha256": token.sha256, "added": _text(token.added), "expires": _text(token.expires)}
            for token in principal.tokens
        ],
    }


def _token_line(token: Token) -> str:
    until = f" until {_text(token.expires)}" if token.expires else ""
    ended = ", expired" if token.expires and token.expires <= _now() else ""
    return f"{token.sha256[:_SHOWN_OF_A_HASH]}{until}{ended}"


def _names(names: list[str] | None) -> frozenset[str] | None:
    return None if not names or ALL in names else frozenset(names)


def _sorted(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)


def _listed(names: frozenset[str] | None) -> str:
    return "all" if names is None else ", ".join(sorted(names)) or "none"


def _text(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%d %H:%M:%SZ") if at else None


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _refuse(reason: str, sentence: str) -> NoReturn:
    raise HubError(reason, sentence)
