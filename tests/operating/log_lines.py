"""Log lines name operations and ids, and nothing of what people said or of what is secret."""

import json
import sys

from service import Place, check

SECRETS = ["Zhang-Wei-Unique", "张唯一", "pneumonia-unique", "unique-reason-text", "dutylog_0123456789abcdef_feedfacefeedface",
           "query-unique", "header-unique", "path-unique"]


def main():
    place = Place(*sys.argv[1:3])
    with place.serve("--set", "log_lines.level=debug", "--set", "log_lines.format=json") as service:
        token = service.token()
        name, chinese, result, reason, wrong, query, header, path = SECRETS

        def order(body, key):
            return service.ask("POST", "/api/v1/commands", token, body, Idempotency_Key=key)

        status, _, headers = order({"command": "add_subject", "by": "records", "subject": "keeper/zw", "in": "house",
                                    "name": name}, "k1")
        check(status == 200, "a person is added")
        order({"command": "add_subject", "by": "records", "subject": "keeper/zy", "in": "house", "name": chinese}, "k2")
        order({"command": "record_fact", "by": "records", "of": "zw", "fact": "holds_role",
               "value": {"role": result, "person": name}}, "k3")
        order({"command": "void_records", "by": "records", "positions": [999], "reason": reason}, "k4")
        order({"command": name}, "k5")
        service.ask("POST", "/api/v1/commands", token, None, Idempotency_Key="k6", X_Note=header)
        service.ask("GET", f"/api/v1/duties?of={query}", token)
        service.ask("GET", f"/api/v1/{path}", token)
        service.ask("GET", "/api/v1/duties", wrong)
        service.ask("GET", "/readyz")
        check(service.end() == 0, "it ends in good order")
        text = service.log()

    lines = [json.loads(line) for line in text.splitlines()]
    for secret in [*SECRETS, token, token.rsplit("_", 1)[1]]:
        check(secret not in text and json.dumps(secret)[1:-1] not in text, f"the log holds {secret}:\n{text}")
    check(all({"time", "level", "event"} <= line.keys() for line in lines), text)
    answered = {line["request"]: line for line in lines if line["event"] in ("answered", "read")}
    check(headers["X-Request-Id"] in answered, "the id of an answer is in the log")
    check(answered[headers["X-Request-Id"]]["status"] == "200", text)
    check(len(answered) == 10, f"each request has an id of its own:\n{text}")
    check(any(line["event"] == "refused" for line in lines), "a refusal is in the log")
    check(any(line["event"] == "read" and line["operation"] == "readyz" for line in lines), text)


if __name__ == "__main__":
    main()
