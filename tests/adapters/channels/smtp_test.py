"""Our mails go through a real SMTP server and are read by the mail reader of Python.

usage: smtp_test.py SEND_SAMPLE WORK_FOLDER
"""
import email
import email.policy
import logging
import socket
import ssl
import subprocess
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

SAMPLE, FOLDER = sys.argv[1], Path(sys.argv[2])
failures = []


def check(holds, sentence):
    if not holds:
        failures.append(sentence)
        print("FAILED:", sentence)


class Keeper:
    """Takes every mail, or answers as the name of the receiver says."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name.isdigit():
            return name + " as asked"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 taken"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def certificate():
    key, cert = FOLDER / "smtp_key.pem", FOLDER / "smtp_cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                    "-days", "30", "-keyout", key, "-out", cert], check=True, capture_output=True)
    return key, cert


def send(port, tls, user, authorities, address, what):
    result = subprocess.run([SAMPLE, str(port), tls, user, authorities, address, what],
                            capture_output=True, text=True, timeout=60)
    return result.stdout.strip()


def serve(keeper, **more):
    controller = Controller(keeper, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    return controller


def read(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def check_reminder(keeper):
    sender, receivers, content = keeper.mails[-1]
    check(sender == "bounces@example.com", "bounces go to the envelope sender")
    check(receivers == ["lisi@example.com"], "the receiver stands in the envelope")
    mail = read(content)
    check(not mail.defects and not any(p.defects for p in mail.walk()), "the reader finds no defect")
    check(mail["subject"] == "[还剩 7 天] 职业健康检查 – 张三 – 2026-11-30", "the subject is read")
    check(mail["to"].addresses[0].display_name == "李四", "the name of the receiver is read")
    check(mail["from"].addresses[0].addr_spec == "ohs@example.com", "the sender is read")
    check(mail["date"].datetime.isoformat() == "2026-11-22T08:00:00+08:00", "the date is read")
    check(mail["message-id"] == "<ntc_01K@ohs.example.com>", "the id is that of the message")
    plain = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    check("第 2 次提醒，还剩 7 天\n\n对象：张三（喷砂车间）\n" in plain, "the plain text is read")
    check('<html lang="zh-CN">' in mail.get_body(("html",)).get_content(), "the HTML is read")
    dates = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    check(len(dates) == 1 and dates[0].get_param("method") == "PUBLISH", "the date is attached")
    check("SUMMARY:职业健康检查" in dates[0].get_content(), "the attached date is read")


def check_plain_server():
    keeper = Keeper()
    server = serve(keeper)
    port = server.port
    check(send(port, "none", "", "", "lisi@example.com", "reminder") == "sent", "a relay takes it")
    check_reminder(keeper)
    check(send(port, "none", "", "", "lisi@example.com", "digest") == "sent", "a digest is taken")
    check(read(keeper.mails[-1][2])["list-unsubscribe"] == "<https://ohs.example.com/l/u>",
          "a digest can be unsubscribed from")
    check(send(port, "none", "", "", "lisi@example.com", "hostile") == "sent", "hostile text is taken")
    check(len(keeper.mails) == 3, "no text of people ends a mail early")
    check("\n.\nQUIT\n.dots" in read(keeper.mails[-1][2]).get_body(("plain",)).get_content()
          .replace("\r\n", "\n"), "dots at the start of lines arrive")
    for code, verdict in {"450": "retry smtp_later", "550": "rejected address_refused",
                          "554": "rejected refused", "421": "retry smtp_later"}.items():
        found = send(port, "none", "", "", code + "@example.com", "reminder")
        check(found == verdict, f"{code} means {verdict}, found {found}")
    found = send(port, "starttls", "", "", "lisi@example.com", "reminder")
    check(found == "broken no_tls", f"no falling back to clear text, found {found}")
    found = send(port, "none", "ohs", "", "lisi@example.com", "reminder")
    check(found == "broken sign_in_without_tls", f"no password in clear text, found {found}")
    server.stop()
    found = send(port, "none", "", "", "lisi@example.com", "reminder")
    check(found == "retry no_answer", f"a server that is away is tried again, found {found}")


def check_tls_server():
    key, cert = certificate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)

    def sign_in(server, session, envelope, mechanism, data):
        return AuthResult(success=data.password == b"right" and data.login == b"ohs", handled=False)

    keeper = Keeper()
    server = serve(keeper, tls_context=context, require_starttls=True, authenticator=sign_in,
                   auth_required=True)
    check(send(server.port, "starttls", "ohs", str(cert), "lisi@example.com", "reminder") == "sent",
          "signed in over STARTTLS it is taken")
    check_reminder(keeper)
    found = send(server.port, "starttls", "other", str(cert), "lisi@example.com", "reminder")
    check(found == "broken sign_in_refused", f"a wrong user is told, found {found}")
    found = send(server.port, "starttls", "ohs", "", "lisi@example.com", "reminder")
    check(found == "retry no_answer", f"an unknown certificate is not believed, found {found}")
    check(len(keeper.mails) == 1, "and nothing was handed over")
    server.stop()


logging.disable()  # the server tells at length of each connection that we break off
check_plain_server()
check_tls_server()
sys.exit(1 if failures else 0)
