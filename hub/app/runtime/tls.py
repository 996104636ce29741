"""TLS of what this process serves: its certificate, taken anew when the files change, and whom it asks for one."""

from __future__ import annotations

import logging
import ssl
from contextlib import suppress
from pathlib import Path

import grpc
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from hub.app.process.stamps import Stamp, stamp_of
from hub.config.settings import Settings
from hub.config.table import PLAIN_TEXT, TLS_CERTIFICATE, TLS_KEY
from hub.connect.dialing import on_this_machine

log = logging.getLogger(__name__)


class CertificateUnusable(Exception):
    """The certificate or its key cannot be used; the message says why."""


class Certificate:
    """A certificate with its key in files that may be renewed, and the CA of callers who must show one of theirs."""

    def __init__(self, certificate: Path, key: Path, client_ca: Path | None = None) -> None:
        """Read the files. Raises CertificateUnusable."""
        self._certificate, self._key, self._client_ca = certificate, key, client_ca
        self._seen = self._stamp()
        self._current = self._configuration()

    def credentials(self) -> grpc.ServerCredentials:
        """Return credentials for a port; each handshake takes the files as they are then."""
        return grpc.dynamic_ssl_server_credentials(
            self._current,
            self._renewed,  # type: ignore[arg-type]  # its stubs leave out that None keeps what is in use
            require_client_authentication=self._client_ca is not None,
        )

    def context(self) -> ssl.SSLContext:
        """Return a context for what is not gRPC; each handshake takes the files as they are then."""
        stamp, current = self._stamp(), self._context()

        def renew(connection: ssl.SSLObject | ssl.SSLSocket, _name: str | None, _context: ssl.SSLContext) -> None:
            nonlocal stamp, current
            if (now := self._stamp()) != stamp:
                stamp = now
                with suppress(OSError, CertificateUnusable):  # gRPC's port has said why
                    self._configuration()
                    current = self._context()
            connection.context = current

        front = self._context()
        front.sni_callback = renew
        return front

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self._certificate, self._key)
        if self._client_ca is not None:
            context.load_verify_locations(self._client_ca)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def _renewed(self) -> grpc.ServerCertificateConfiguration | None:
        """Return what the files hold now, None where that is what is in use; unsound files leave it in use."""
        stamp = self._stamp()
        if stamp == self._seen:
            return None
        self._seen = stamp
        try:
            self._current = self._configuration()
        except CertificateUnusable as error:
            log.error("%s The certificate of before stays in use.", error)  # noqa: TRY400 (the sentence says it all)
            return None
        log.info("serving with the renewed certificate %s", self._certificate)
        return self._current

    def _configuration(self) -> grpc.ServerCertificateConfiguration:
        try:
            chain, key = self._certificate.read_bytes(), self._key.read_bytes()
            ca = self._client_ca.read_bytes() if self._client_ca else None
            fits = _bytes_of(x509.load_pem_x509_certificate(chain).public_key()) == _bytes_of(
                load_pem_private_key(key, password=None).public_key()
            )
            if ca:
                x509.load_pem_x509_certificates(ca)
        except OSError as error:
            raise CertificateUnusable(f"{error.filename} cannot be read: {error.strerror}.") from error
        except (ValueError, TypeError) as error:
            raise CertificateUnusable(
                f"{self._certificate}, {self._key} or the CA of callers is no PEM of its kind: {error}."
            ) from error
        if not fits:
            raise CertificateUnusable(f"{self._key} is not the key of {self._certificate}.")
        return grpc.ssl_server_certificate_configuration([(key, chain)], root_certificates=ca)

    def _stamp(self) -> tuple[Stamp, ...]:
        return tuple(stamp_of(path) for path in (self._certificate, self._key, self._client_ca) if path)


def certificate_of(settings: Settings) -> Certificate | None:
    """Return the certificate that a process serves with, None where none is stated. Raises CertificateUnusable."""
    if settings.tls_certificate is None or settings.tls_key is None:
        if settings.tls_certificate or settings.tls_key or settings.tls_client_ca:
            raise CertificateUnusable(f"State {TLS_CERTIFICATE} and {TLS_KEY} together.")
        return None
    return Certificate(settings.tls_certificate, settings.tls_key, settings.tls_client_ca)


def exposed(address: str, settings: Settings) -> str | None:
    """Return why an address may not be served as the settings say, None where it may."""
    if settings.tls_certificate or settings.plain_text or on_this_machine(address):
        return None
    return (
        f"{address} is open to other machines, and tokens would cross the network in plain text. State"
        f" {TLS_CERTIFICATE} and {TLS_KEY}, or {PLAIN_TEXT}=yes where something in front of the hub does TLS."
    )


def _bytes_of(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
