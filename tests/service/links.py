"""Links of messages and ids of notices, made from docs/notifications.md alone."""

import base64
import hashlib
import hmac
import pathlib
import time

OPEN, ACKNOWLEDGE, POSTPONE, DELEGATE, UNSUBSCRIBE, CALENDAR = range(1, 7)
LIFE_SECONDS = 14 * 24 * 3600


def _text(text):
    return len(text.encode()).to_bytes(2, "big") + text.encode()


def link(log, purpose, notice, person, expires=None):
    """The path of a link, signed with the newest key beside the log."""
    key_id, key = pathlib.Path(f"{log}.links").read_text().splitlines()[-1].split()
    expires = int(time.time()) + LIFE_SECONDS if expires is None else expires
    claims = bytes([1, int(key_id), purpose]) + expires.to_bytes(5, "big") + _text(notice) + _text(person)
    signature = hmac.new(bytes.fromhex(key), b"dutylog/link/v1\n" + claims, hashlib.sha256).digest()[:16]
    return "/l/" + base64.urlsafe_b64encode(claims + signature).decode().rstrip("=")


def message_id(notice, person):
    """What every attempt to tell the person of the notice is called."""
    return "ntc_" + hashlib.sha256(f"{len(notice.encode())}:{notice}{person}".encode()).hexdigest()[:32]
