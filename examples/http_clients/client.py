"""Places an order with a hub in JSON over HTTP, and watches it until a node works on it. Python's own modules only.

python client.py URL TOKEN [REFERENCE]
"""

from __future__ import annotations

import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

ORDER = json.loads(Path(__file__).with_name("order.json").read_text())
WITH_A_NODE = {"RELEASED", "ACCEPTED", "PICKED", "PACKED", "SHIPPED", "DELIVERED"}


def call(url: str, token: str, body: Any = None) -> HTTPResponse:
    """Calls; where the hub asks to come again, or cannot be reached, the same request is sent again."""
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json", "request-timeout": "30"}
    data = None if body is None else json.dumps(body).encode()
    for attempt in range(5):
        try:
            response: HTTPResponse = urllib.request.urlopen(urllib.request.Request(url, data, headers))  # noqa: S310
        except urllib.error.HTTPError as refused:
            again = refused.headers["retry-after"]
            if again is None:
                raise SystemExit(f"refused with {refused.code}: {json.load(refused)}") from None
            time.sleep(float(again))
        except OSError:
            time.sleep(2**attempt)
        else:
            return response
    raise SystemExit("the hub could not be reached")


def main(url: str, token: str, reference: str) -> None:
    """Speaks to the hub at a URL under a token."""
    placing = {"requestId": str(uuid.uuid4()), "order": ORDER | {"channelReference": reference}}
    order = json.load(call(f"{url}/v1/orders", token, placing))["order"]
    print(f"placed {reference} as {order['orderId']}")
    for line in call(f"{url}/v1/orders/{order['orderId']}:watch", token):
        seen = json.loads(line)["order"]
        slices = [one for line in seen["lines"] for one in line["slices"]]
        told = [f"{one['quantity']} {one['state'].removeprefix('SLICE_STATE_')}" for one in slices]
        print(f"version {seen['version']}: {', '.join(told)}", flush=True)
        if slices and all(one["state"].removeprefix("SLICE_STATE_") in WITH_A_NODE for one in slices):
            return


if __name__ == "__main__":
    main(*sys.argv[1:3], sys.argv[3] if len(sys.argv) > 3 else f"python-{int(time.time())}")
