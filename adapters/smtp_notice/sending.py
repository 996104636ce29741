"""Hands a mail to a mail server, and says what is proved of the outcome."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Final, NoReturn

from adapters.sdk.calls import BadCall
from adapters.sdk.http.failures import NotAdmitted, NothingDone, OutcomeUnknown
from adapters.smtp_notice.addresses import Address
from adapters.smtp_notice.settings import STARTTLS, TLS, Server

_ENHANCED: Final = re.compile(rb"([245]\.\d{1,3}\.\d{1,3})\b")
_STEPS: Final = {"mail": "the sender", "rcpt": "the recipient", "data": "the message"}


class MailRefused(Exception):
    """The server refuses the mail for good.

    Attributes:
        code: Its reply code and, where it gives one, its enhanced status code: `550 5.1.1`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def deliver(server: Server, sender: Address, recipient: Address, mail: EmailMessage) -> None:
    """Hand a mail to the server; it has it when this returns.

    Raises MailRefused, NothingDone, NotAdmitted, and OutcomeUnknown where the connection broke after the mail was
    sent. The server's words are not told: they may name the recipient.
    """
    with _connected(server, sender.domain) as connection:
        options = [] if recipient.is_ascii else ["SMTPUTF8", "BODY=8BITMIME"]
        if options and not connection.has_extn("smtputf8"):
            raise MailRefused("SMTPUTF8", "The mail server takes no address with other letters than those of ASCII.")
        content = mail.as_bytes()
        with _nothing_done():
            _expect(connection.mail(str(sender), options), "mail")
            _expect(connection.rcpt(str(recipient)), "rcpt")
        try:
            _expect(connection.data(content), "data")
        except smtplib.SMTPDataError as error:
            _refuse(error.smtp_code, _bytes(error.smtp_error), "data")
        except (OSError, smtplib.SMTPException) as error:
            raise OutcomeUnknown("The connection to the mail server broke before it confirmed the mail.") from error


@contextmanager
def _connected(server: Server, own_name: str) -> Iterator[smtplib.SMTP]:
    """Connect and log in, and say goodbye in the end, whatever the server makes of that.

    `own_name` is how we greet the server: to look up the name of this machine could take seconds.
    """
    with _nothing_done():
        connection = _opened(server, own_name)
    try:
        with _nothing_done():
            connection.ehlo_or_helo_if_needed()
            if server.username:
                connection.login(server.username, server.password)
        yield connection
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()


def _opened(server: Server, own_name: str) -> smtplib.SMTP:
    if server.security == TLS:
        trust = _trust(server)
        return smtplib.SMTP_SSL(server.host, server.port, own_name, timeout=server.step_seconds, context=trust)
    connection = smtplib.SMTP(server.host, server.port, own_name, timeout=server.step_seconds)
    try:
        if server.security == STARTTLS:
            connection.starttls(context=_trust(server))
    except BaseException:
        connection.close()
        raise
    return connection


def _trust(server: Server) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=server.ca_file or None)
    except OSError:
        raise BadCall("profile_json.ca_file cannot be read as certificates at the adapter") from None


@contextmanager
def _nothing_done() -> Iterator[None]:
    """Name failures before the mail itself was sent."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise NotAdmitted(f"The mail server does not know the account: {error.smtp_code}.") from None
    except (smtplib.SMTPNotSupportedError, ssl.SSLCertVerificationError) as error:
        raise NotAdmitted(f"The mail server offers no safe login ({type(error).__name__}).") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NothingDone(f"The mail server is not reached ({type(error).__name__}).") from None


def _expect(reply: tuple[int, bytes], step: str) -> None:
    code, words = reply
    if not 200 <= code < 300:
        _refuse(code, words, step)


def _refuse(code: int, words: bytes, step: str) -> NoReturn:
    """Raise what a reply means: 4xx is for now, 5xx for good."""
    enhanced = _ENHANCED.search(words)
    shown = f"{code} {enhanced[1].decode()}" if enhanced else str(code)
    if 500 <= code < 600:
        raise MailRefused(shown, f"The mail server refuses {_STEPS[step]}.")
    raise NothingDone(f"The mail server does not take {_STEPS[step]} for now: {shown}.")


def _bytes(words: str | bytes) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
