"""A receiver of webhooks: verifies what comes, takes each event once, and answers quickly.

python receiver.py PORT SECRET. It needs the package `standardwebhooks`.
"""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

LARGEST_BYTES = 1_000_000
seen: set[str] = set()  # a real receiver keeps the ids in its database, in the transaction that takes the event in


class Receiver(BaseHTTPRequestHandler):
    """Answers 204 for what is taken or known, 401 for what is not signed, 413 for what is too large."""

    verifier: Webhook

    def do_POST(self) -> None:
        """Take one event."""
        length = int(self.headers.get("content-length", "0"))
        if length > LARGEST_BYTES:
            return self.send_error(413)
        content = self.rfile.read(length)
        try:
            body = self.verifier.verify(content, dict(self.headers.items()))
        except WebhookVerificationError:
            return self.send_error(401)
        message_id = self.headers["webhook-id"]
        if message_id not in seen:
            seen.add(message_id)
            print(body["type"], body.get("event", {}).get("orderId", ""), flush=True)
        self.send_response(204)
        self.end_headers()
        return None

    def log_message(self, *_: object) -> None:
        """Say nothing of requests: what was taken is printed."""


if __name__ == "__main__":
    Receiver.verifier = Webhook(sys.argv[2])
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
