"""A receiver of webhooks that keeps what it was sent, for tests of who was told."""

import http.server
import threading


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """The sender was killed: that is what the test is about."""


class Receiver:
    def __init__(self):
        self.got = []  # (id, body), as they came
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                # Kept before it is answered: a receiver that said yes has it.
                receiver.got.append((self.headers["webhook-id"], body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def ids(self):
        return {message for message, _ in list(self.got)}

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def configuration(self, folder, person):
        """Writes a file by which the person is told here. @returns its path"""
        (folder / "hook.secret").write_text("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n")
        (folder / "hook.secret").chmod(0o600)
        file = folder / "dutylog.toml"
        file.write_text(f"""
[telling]
networks = ["127.0.0.0/8"]
plain_hosts = ["127.0.0.1"]

[channels.hook]
kind = "webhook"
url = "http://127.0.0.1:{self.port}/hook"
secret_file = "{folder}/hook.secret"

[people.{person}]
channels = ["hook"]
""")
        return file
