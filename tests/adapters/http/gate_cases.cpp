#include "tests/adapters/http/gate_cases.hpp"

namespace dutylog::test {

namespace {

std::string get(const std::string& fields) {
    return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

std::string post(const std::string& fields, const std::string& body = "") {
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

std::string chunks(const std::string& body) { return post("Transfer-Encoding: chunked\r\n", body); }

std::string line(const std::string& first) { return first + "\r\nHost: a\r\n\r\n"; }

std::string host(const std::string& field) { return "GET / HTTP/1.1\r\n" + field + "\r\n"; }

std::vector<GateCase> good_cases() {
    return {
        {"a plain request", get("")},
        {"a request with a query", line("GET /a/b?c=d&e=%20 HTTP/1.1")},
        {"HTTP/1.0 without a host", "GET / HTTP/1.0\r\n\r\n"},
        {"HTTP/1.0 with a length", "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi"},
        {"a length", post("Content-Length: 2\r\n", "hi")},
        {"a length of zero", post("Content-Length: 0\r\n")},
        {"a length with zeros before it", post("Content-Length: 002\r\n", "hi")},
        {"a length with blanks around it", post("Content-Length: \t2 \t\r\n", "hi")},
        {"a GET whose length is zero", get("Content-Length: 0\r\n")},
        {"no length and no chunks", post("")},
        {"chunks", chunks("2\r\nhi\r\n3\r\nyou\r\n0\r\n\r\n")},
        {"the coding in capitals", post("Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n")},
        {"a chunk size in capitals", chunks("A\r\n0123456789\r\n0\r\n\r\n")},
        {"zeros before a chunk size", chunks("0002\r\nhi\r\n000\r\n\r\n")},
        {"a field value with bytes beyond ASCII", get("X: \xe5\xb7\xa5\r\n")},
        {"an empty field value", get("X:\r\n")},
        {"a host with a port", host("Host: plant.example:8443\r\n")},
        {"a host of IPv6", host("Host: [2001:db8::1]:80\r\n")},
        {"an absolute target of the same host", "GET http://A:80/x HTTP/1.1\r\nHost: a:80\r\n\r\n"},
        {"an absolute target without a path", "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"OPTIONS of the whole server", line("OPTIONS * HTTP/1.1")},
        {"options of the connection", get("Connection: close, keep-alive\r\n")},
    };
}

std::vector<GateCase> line_cases() {
    const std::string zero(1, '\0');
    return {
        {"bare LF after the first line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400, "line_end"},
        {"bare LF after a field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400, "line_end"},
        {"bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400, "line_end"},
        {"only bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400, "line_end"},
        {"bare CR in a value", get("X: a\rY: b\r\n"), 400, "line_end"},
        {"CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", 400, "line_end"},
        {"a zero byte in a value", get("X: a" + zero + "b\r\n"), 400, "zero_byte"},
        {"a zero byte in the target", line("GET /a" + zero + " HTTP/1.1"), 400, "zero_byte"},
        {"an empty line first", "\r\n" + get(""), 400, "empty_line"},
        {"a folded line", get("X: a\r\n b\r\n"), 400, "folded_line"},
        {"a folded line with a tab", get("X: a\r\n\tb\r\n"), 400, "folded_line"},
        {"a blank before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400,
         "folded_line"},
        {"a blank before the colon", get("X : a\r\n"), 400, "field_name"},
        {"a tab before the colon", get("X\t: a\r\n"), 400, "field_name"},
        {"a field without a colon", get("X\r\n"), 400, "field_name"},
        {"a field without a name", get(": a\r\n"), 400, "field_name"},
        {"a field name with brackets", get("X[1]: a\r\n"), 400, "field_name"},
        {"a field name beyond ASCII", get("\xc3\xa9: a\r\n"), 400, "field_name"},
        {"an escape character in a value", get("X: \x1b[0m\r\n"), 400, "field_value"},
        {"a delete character in a value", get("X: \x7f\r\n"), 400, "field_value"},
    };
}

std::vector<GateCase> request_line_cases() {
    return {
        {"a method with a bracket", line("GE{T / HTTP/1.1"), 400, "method"},
        {"an empty method", line(" / HTTP/1.1"), 400, "method"},
        {"a method in small letters", line("get / HTTP/1.1"), 501, "method_unknown"},
        {"CONNECT", line("CONNECT a:443 HTTP/1.1"), 501, "method_unknown"},
        {"TRACE", line("TRACE / HTTP/1.1"), 501, "method_unknown"},
        {"two blanks after the method", line("GET  / HTTP/1.1"), 400, "request_line"},
        {"two blanks before the version", line("GET /  HTTP/1.1"), 400, "request_line"},
        {"a tab after the method", line("GET\t/ HTTP/1.1"), 400, "request_line"},
        {"a blank after the version", line("GET / HTTP/1.1 "), 400, "request_line"},
        {"HTTP/0.9", "GET /\r\n\r\n", 400, "request_line"},
        {"a version in small letters", line("GET / http/1.1"), 400, "request_line"},
        {"a version of two digits", line("GET / HTTP/1.10"), 400, "request_line"},
        {"HTTP/1.2", line("GET / HTTP/1.2"), 505, "version"},
        {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 501, "method_unknown"},
        {"HTTP/2.0", line("GET / HTTP/2.0"), 505, "version"},
        {"a target beyond ASCII", line("GET /\xc3\xa9 HTTP/1.1"), 400, "target"},
        {"a target with a fragment", line("GET /a#b HTTP/1.1"), 400, "target"},
        {"a target with angle brackets", line("GET /<a> HTTP/1.1"), 400, "target"},
        {"a target with a backslash", line("GET /a\\b HTTP/1.1"), 400, "target"},
        {"a target with a control character", line("GET /a\x01 HTTP/1.1"), 400, "target"},
        {"a target with half a percent", line("GET /a%2 HTTP/1.1"), 400, "target"},
        {"a target with a false percent", line("GET /a%zz HTTP/1.1"), 400, "target"},
        {"a target without a slash", line("GET a HTTP/1.1"), 400, "target"},
        {"a star for GET", line("GET * HTTP/1.1"), 400, "target"},
        {"another scheme", line("GET ftp://a/ HTTP/1.1"), 400, "target"},
        {"an absolute target of another host", line("GET http://b/ HTTP/1.1"), 400, "target_host"},
        {"an absolute target with a user", line("GET http://u@a/ HTTP/1.1"), 400, "target_host"},
    };
}

std::vector<GateCase> host_cases() {
    return {
        {"no host", host(""), 400, "host"},
        {"an empty host", host("Host:\r\n"), 400, "host"},
        {"two hosts", host("Host: a\r\nHost: b\r\n"), 400, "field_twice"},
        {"the same host twice", host("Host: a\r\nhost: a\r\n"), 400, "field_twice"},
        {"two hosts in one field", host("Host: a, b\r\n"), 400, "host"},
        {"a host with a path", host("Host: a/b\r\n"), 400, "host"},
        {"a host with a user", host("Host: u@a\r\n"), 400, "host"},
        {"a host with a blank", host("Host: a b\r\n"), 400, "host"},
        {"a port that is no number", host("Host: a:http\r\n"), 400, "host"},
        {"a bracket that does not end", host("Host: [::1\r\n"), 400, "host"},
        {"two hosts with HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400,
         "field_twice"},
    };
}

std::vector<GateCase> framing_cases() {
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    return {
        {"a length and chunks", post("Content-Length: 4\r\n" + chunked, "0\r\n\r\n"), 400,
         "length_and_chunked"},
        {"chunks and a length", post(chunked + "Content-Length: 4\r\n", "0\r\n\r\n"), 400,
         "length_and_chunked"},
        {"gzip with a length", post("Transfer-Encoding: gzip\r\nContent-Length: 2\r\n", "hi"), 400,
         "length_and_chunked"},
        {"gzip", post("Transfer-Encoding: gzip\r\n", "hi"), 400, "transfer_encoding"},
        {"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n"), 400, "transfer_encoding"},
        {"chunked, identity", post("Transfer-Encoding: chunked, identity\r\n"), 400,
         "transfer_encoding"},
        {"identity", post("Transfer-Encoding: identity\r\n"), 400, "transfer_encoding"},
        {"chunked twice in one field", post("Transfer-Encoding: chunked, chunked\r\n"), 400,
         "transfer_encoding"},
        {"chunked in two fields", post(chunked + chunked), 400, "field_twice"},
        {"chunked with a vertical tab", post("Transfer-Encoding: \vchunked\r\n"), 400,
         "field_value"},
        {"chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n"), 400, "transfer_encoding"},
        {"chunked with a parameter", post("Transfer-Encoding: chunked;a=b\r\n"), 400,
         "transfer_encoding"},
        {"an empty coding", post("Transfer-Encoding:\r\n"), 400, "transfer_encoding"},
        {"chunks on HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\n" + chunked + "\r\n0\r\n\r\n", 400,
         "chunked_1_0"},
        {"two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "hi"), 400,
         "field_twice"},
        {"the same length twice", post("Content-Length: 2\r\nContent-Length: 2\r\n", "hi"), 400,
         "field_twice"},
        {"5, 5", post("Content-Length: 5, 5\r\n", "hello"), 400, "content_length"},
        {"a length with a plus", post("Content-Length: +2\r\n", "hi"), 400, "content_length"},
        {"a length below zero", post("Content-Length: -2\r\n", "hi"), 400, "content_length"},
        {"a length in hexadecimal", post("Content-Length: 0x2\r\n", "hi"), 400, "content_length"},
        {"an empty length", post("Content-Length:\r\n"), 400, "content_length"},
        {"a length with a blank in it", post("Content-Length: 1 2\r\n"), 400, "content_length"},
        {"a length beyond 64 bits", post("Content-Length: 18446744073709551617\r\n"), 400,
         "content_length"},
        {"a length beyond the limit", post("Content-Length: 18446744073709551615\r\n"), 413,
         "body_long"},
        {"a GET with a body", get("Content-Length: 2\r\n") + "hi", 400, "body_unexpected"},
        {"a GET with chunks", get(chunked) + "0\r\n\r\n", 400, "body_unexpected"},
        {"Connection that names the length",
         post("Connection: content-length\r\nContent-Length: 2\r\n", "hi"), 400, "connection"},
        {"Connection that names the host", get("Connection: close, Host\r\n"), 400, "connection"},
        {"Connection with a blank inside", get("Connection: a b\r\n"), 400, "connection"},
        {"another expectation", post("Expect: 200-ok\r\nContent-Length: 2\r\n", "hi"), 417,
         "expect"},
        {"two keys", post("Idempotency-Key: a\r\nIdempotency-Key: b\r\n"), 400, "field_twice"},
    };
}

std::vector<GateCase> chunk_cases() {
    return {
        {"an extension of a chunk", chunks("2;a=b\r\nhi\r\n0\r\n\r\n"), 400, "chunk_extension"},
        {"an extension of the last chunk", chunks("0;a\r\n\r\n"), 400, "chunk_extension"},
        {"bare LF in an extension", chunks("2;\nhi\r\n0\r\n\r\n"), 400, "body"},
        {"a trailer", chunks("0\r\nX: a\r\n\r\n"), 400, "trailer"},
        {"a length as trailer", chunks("0\r\nContent-Length: 4\r\n\r\n"), 400, "body"},
        {"a host as trailer", chunks("2\r\nhi\r\n0\r\nHost: b\r\n\r\n"), 400, "trailer"},
        {"bare LF after a size", chunks("2\nhi\r\n0\r\n\r\n"), 400, "body"},
        {"bare LF after a chunk", chunks("2\r\nhi\n0\r\n\r\n"), 400, "body"},
        {"a size with 0x", chunks("0x2\r\nhi\r\n0\r\n\r\n"), 400, "body"},
        {"a size below zero", chunks("-2\r\nhi\r\n0\r\n\r\n"), 400, "body"},
        {"a size with a blank before it", chunks(" 2\r\nhi\r\n0\r\n\r\n"), 400, "body"},
        {"a size with a blank after it", chunks("2 \r\nhi\r\n0\r\n\r\n"), 400, "body"},
        {"an empty size", chunks("\r\nhi\r\n0\r\n\r\n"), 400, "body"},
        {"a size beyond 64 bits", chunks("10000000000000002\r\nhi\r\n0\r\n\r\n"), 400, "body"},
        {"a size beyond the limit", chunks("fffffffffffffff0\r\nhi"), 413, "body_long"},
        {"a chunk longer than its size", chunks("2\r\nhello\r\n0\r\n\r\n"), 400, "body"},
        {"a long line of a chunk that is no size",
         chunks("i" + std::string(90, 'z') + "\r\n0\r\n\r\n"), 400, "chunk_line"},
        {"a size behind many zeros", chunks(std::string(70, '0') + "2\r\nhi\r\n0\r\n\r\n"), 400,
         "chunk_line"},
        {"a line of a chunk without end", chunks("2" + std::string(100, '0')), 400, "chunk_line"},
    };
}

std::vector<GateCase> limit_cases() {
    std::string many;
    for (int i = 0; i < 64; ++i) many += "X: a\r\n";
    std::string small_chunks;
    for (int i = 0; i < 65'537; ++i) small_chunks += "1\r\na\r\n";
    return {
        {"a target beyond its limit", line("GET /" + std::string(8192, 'a') + " HTTP/1.1"), 414,
         "target_long"},
        {"a head beyond its limit", get("X: " + std::string(16'384, 'a') + "\r\n"), 431,
         "head_long"},
        {"a head that never ends", "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a'), 431,
         "head_long"},
        {"too many fields", get(many), 431, "fields_many"},
        {"a body beyond its limit", post("Content-Length: 262145\r\n"), 413, "body_long"},
        {"too many chunks", chunks(small_chunks), 413, "chunks_many"},
    };
}

}  // namespace

std::vector<GateCase> gate_cases() {
    std::vector<GateCase> all;
    for (auto* part : {&good_cases, &line_cases, &request_line_cases, &host_cases, &framing_cases,
                       &chunk_cases, &limit_cases})
        for (GateCase& one : part()) all.push_back(std::move(one));
    return all;
}

}  // namespace dutylog::test
