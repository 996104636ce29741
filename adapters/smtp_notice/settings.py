"""What an account says of its mail server, its sender and its texts. README.md lists the settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import plain
from adapters.sdk.mailbox.names import folder_path
from adapters.sdk.profile import Profile
from adapters.smtp_notice.addresses import Address, address_of

STARTTLS: Final = "starttls"
TLS: Final = "tls"
NONE: Final = "none"
PORTS: Final = {STARTTLS: 587, TLS: 465, NONE: 25}
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, kw_only=True)
class Server:
    """A mail server and how it knows us.

    Attributes:
        host: Its name; its certificate must have it.
        port: Its port.
        security: starttls, tls, or none, which only a server of this machine may have.
        username: Our name there; empty: it asks for none.
        password: Our password there.
        ca_file: File with the authority of its certificate; empty: those that the machine trusts.
        step_seconds: How long each step of a delivery may take.
    """

    host: str
    port: int
    security: str
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    step_seconds: int = 8


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        server: The mail server.
        sender: Whom customers see as the sender.
        sender_name: The sender's name, under the text too.
        reply_to: Where answers go; None: to the sender.
        bounces_to: Where mail servers report what they cannot deliver; None: to the sender.
        language: Language of customers whose language has no texts.
        time_zone: Time zone in which dates are written.
        templates: Folder of texts of the account's own; empty: none.
    """

    server: Server
    sender: Address
    sender_name: str
    reply_to: Address | None
    bounces_to: Address | None
    language: str
    time_zone: ZoneInfo
    templates: str


def read_settings(profile_json: str) -> Settings:
    """Read a profile. Raises BadCall naming the setting that is wrong."""
    profile = Profile.read(profile_json)
    sender = _address(profile, "sender")
    if sender is None:
        raise BadCall("profile_json.sender is missing: customers must see who writes")
    templates = profile.text("templates", "")
    return Settings(
        server=_server(profile),
        sender=sender,
        sender_name=plain(profile.text("sender_name", ""), 100) or sender.domain,
        reply_to=_address(profile, "reply_to"),
        bounces_to=_address(profile, "bounces_to"),
        language=profile.text("language", "en"),
        time_zone=_time_zone(profile),
        templates=folder_path(templates, "profile_json.templates") if templates else "",
    )


def _server(profile: Profile) -> Server:
    host, security = profile.text("host", ""), profile.text("security", STARTTLS)
    if security not in PORTS:
        raise BadCall(f"profile_json.security is not one of {', '.join(PORTS)}")
    if not host:
        raise BadCall("profile_json.host is missing: it names the mail server")
    if security == NONE and host not in _LOOPBACK:
        raise BadCall("profile_json.security is none, and the server is another machine: customers' mail is encrypted")
    return Server(
        host=host,
        port=profile.whole("port", PORTS[security], at_least=1),
        security=security,
        username=profile.text("username", ""),
        password=profile.secret("password"),
        ca_file=profile.text("ca_file", ""),
        step_seconds=profile.whole("step_seconds", Server.step_seconds, at_least=1),
    )


def _address(profile: Profile, name: str) -> Address | None:
    text = profile.text(name, "")
    address = address_of(text) if text else None
    if text and address is None:
        raise BadCall(f"profile_json.{name} is no e-mail address")
    return address


def _time_zone(profile: Profile) -> ZoneInfo:
    name = profile.text("time_zone", "UTC")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadCall("profile_json.time_zone is not a name of the IANA time zones") from None
