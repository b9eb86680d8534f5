#!/usr/bin/env python3
"""An SMTP server of Debian's packages that has no time for the first mail. Says its port, then a line of JSON a mail:
the envelope, what Python's mail reader makes of it, and the hash of the bytes that came."""
import email
import email.policy
import hashlib
import json
import socket
import sys
import time

from aiosmtpd.controller import Controller


class Box:
    def __init__(self):
        self.refused = False

    async def handle_DATA(self, server, session, envelope):
        if not self.refused:
            self.refused = True
            return "451 4.3.2 try again later"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": mail["subject"],
            "id": mail["message-id"], "auto": mail["auto-submitted"], "parts": parts,
            "unsubscribe": mail["list-unsubscribe"], "hash": hashlib.sha256(envelope.content).hexdigest(),
        }), flush=True)
        return "250 2.0.0 taken"


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
controller = Controller(Box(), hostname="127.0.0.1", port=port)
controller.start()
print(port, flush=True)
try:
    while True:
        time.sleep(1)
except KeyboardInterrupt:
    sys.exit(0)
