"""Calls that a server makes when an export is over."""

from __future__ import annotations

import hmac
from hashlib import sha256


def verify_webhook(body: bytes, signature: str, secret: str | bytes) -> bool:
    """Whether a webhook comes from the server that knows ``secret`` and nobody changed it on the way.

    Args:
        body: the bytes of the call as they came, before anything reads them as JSON.
        signature: the header ``X-Mapwright-Signature``: HMAC-SHA256 of the body in hexadecimal digits, with or without ``sha256=``.
        secret: the hook secret of the key.

    The comparison takes the same time wherever the first difference is.
    """
    key = secret.encode() if isinstance(secret, str) else secret
    given = signature.strip().lower().removeprefix("sha256=")
    return hmac.compare_digest(hmac.new(key, body, sha256).hexdigest().encode(), given.encode())
