"""What an authenticator on a phone shows."""

import base64
import hashlib
import hmac
import struct
import time


def shown_by_phone(secret: str, later: int = 0) -> str:
    """What an authenticator shows for a secret (RFC 6238), some steps of half a minute from now."""
    count = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.new(base64.b32decode(secret), count, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
