#include <openssl/ssl.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/adapters/http/raw_client.hpp"
#include "tests/adapters/http/running_server.hpp"
#include "tests/adapters/http/test_certificate.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::test;

namespace {

const std::string get = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

http::TlsFiles files_in(const TemporaryFolder& folder) {
    http::TlsFiles files{folder.file("certificate.pem"), folder.file("key.pem")};
    write_certificate(files.certificate_chain, files.private_key, "first");
    return files;
}

struct Plant {
    TemporaryFolder folder;
    http::TlsFiles files = files_in(folder);
    FunctionService service{[](http::Request request, http::Reply reply) {
        reply(http::text_response(200, "text/plain", request.peer.is_secure ? "safe" : "open"));
    }};
    RunningServer server{service};
    std::uint16_t port = server->listen_tcp("127.0.0.1", 0, files);
};

}  // namespace

TEST_CASE("TLS is spoken, from 1.2 on, with HTTP/1.1 chosen", "[http][tls]") {
    Plant plant;
    const TlsExchange exchange = exchange_over_tls(plant.port, get);
    CHECK(exchange.common_name == "first");
    CHECK(exchange.protocol == "http/1.1");
    CHECK(body_of(exchange.answer) == "safe");
    CHECK(body_of(exchange_over_tls(plant.port, get, TLS1_2_VERSION).answer) == "safe");
    CHECK(exchange_over_tls(plant.port, get, TLS1_1_VERSION).answer.empty());
    CHECK(exchange_over_tls(plant.port, get, TLS1_3_VERSION, "h2").answer.empty());
}

TEST_CASE("who speaks no TLS where TLS is spoken gets no answer", "[http][tls]") {
    Plant plant;
    RawClient client{plant.port};
    client.send(get);
    CHECK(status_of(client.read_all()) == 0);
    RawClient silent{plant.port};
    CHECK(silent.is_closed());
}

TEST_CASE("certificates are read again while the server runs; bad ones change nothing",
          "[http][tls]") {
    Plant plant;
    write_certificate(plant.files.certificate_chain, plant.files.private_key, "second");
    CHECK(exchange_over_tls(plant.port, get).common_name == "first");
    plant.server->reload_certificates();
    CHECK(exchange_over_tls(plant.port, get).common_name == "second");

    write_certificate(plant.files.certificate_chain, plant.folder.file("other.pem"), "third");
    CHECK_THROWS_WITH(plant.server->reload_certificates(), Catch::Contains("certificate.pem"));
    std::ofstream{plant.files.certificate_chain} << "no certificate";
    CHECK_THROWS_WITH(plant.server->reload_certificates(), Catch::Contains("certificate.pem"));
    CHECK(exchange_over_tls(plant.port, get).common_name == "second");
}
