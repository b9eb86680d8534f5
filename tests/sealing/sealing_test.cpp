#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/export/lines.hpp"
#include "adapters/sqlite/store.hpp"
#include "engine/log/base64.hpp"
#include "engine/pdca/command_codec.hpp"
#include "engine/pdca/sealing.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/sealing/clinic.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::tests;

namespace {

std::string bytes_of_folder(const std::string& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        std::ifstream file{entry.path(), std::ios::binary};
        all.append(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
    }
    return all;
}

/// Payloads as stored, behind the base64 of the export.
std::string payloads_of(log::EventStore& store) {
    std::string all;
    store.scan(1, [&](const log::StoredEvent& stored) {
        all.append(stored.payload.begin(), stored.payload.end());
        return true;
    });
    return all;
}

template <class E>
std::vector<std::pair<E, StreamId>> events_of(log::EventStore& store) {
    std::vector<std::pair<E, StreamId>> found;
    store.scan(1, [&](const log::StoredEvent& stored) {
        const auto event =
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload);
        if (const auto* each = std::get_if<E>(&event))
            found.emplace_back(*each, stored.envelope.stream);
        return true;
    });
    return found;
}

}  // namespace

TEST_CASE("no name and no confidential word of a person is in any byte of the log or its export",
          "[sealing]") {
    const test::TemporaryFolder folder;
    log::DerivedKeys keys{"test"};
    {
        sqlite::SqliteStore store{folder.file("plant.db")};
        Clinic clinic{store, keys};
        // What is refused is on the record too.
        CHECK(reason_of(clinic.state("symptom", Record::of({{"word", given_symptom}}))) ==
              "unknown_field");
        CHECK(reason_of(clinic.state("symtom", Record::of({{"words", given_symptom}}))) ==
              "unknown_fact");
        CHECK(reason_of(clinic.state("exam_report", Record::of({{"conclusion", given_symptom}}))) ==
              "bad_value");
        CHECK(reason_of(clinic.run(pdca::RecordFact{
                  {"worker", "zhnag"}, "symptom", Record::of({{"words", given_symptom}}), 0})) ==
              "unknown_subject");
        CHECK(reason_of(clinic.add({"wroker", "li"}, {"site", "north"}, given_name)) ==
              "unknown_kind");
        clinic.engine.save_snapshot();
        const std::string payloads = payloads_of(store);
        CHECK(payloads.find(given_name) == std::string::npos);
        CHECK(payloads.find(given_symptom) == std::string::npos);
        CHECK(payloads.find("North") != std::string::npos);  // a site is no person
        exporting::export_lines(store, 1, store.head().size, [&](const std::string& line) {
            CHECK(line.find(given_name) == std::string::npos);
            CHECK(line.find(given_symptom) == std::string::npos);
        });
    }
    const std::string bytes = bytes_of_folder(folder.file(""));
    CHECK(bytes.find("North") != std::string::npos);
    CHECK(bytes.find(given_name) == std::string::npos);
    CHECK(bytes.find(given_symptom) == std::string::npos);
}

TEST_CASE("who has the keys reads what was sealed; who has not sees that it is", "[sealing]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    const Clinic clinic{store, keys};
    const auto [fact, stream] = events_of<pdca::FactRecorded>(store).front();
    CHECK(to_string(fact.value) == "{words: (sealed)}");
    const auto opened = std::get<pdca::FactRecorded>(pdca::opened(fact, stream, keys));
    CHECK(opened.value["words"] == Value{given_symptom});
    const auto closed =
        std::get<pdca::FactRecorded>(pdca::opened(fact, stream, log::DerivedKeys{"none"}));
    CHECK(closed.value["words"].as<Sealed>() != nullptr);
}

TEST_CASE("ciphertext that was moved to another field or person does not open", "[sealing]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    Clinic clinic{store, keys};
    clinic.add({"worker", "li"}, {"site", "north"}, "Li");
    auto [fact, stream] = events_of<pdca::FactRecorded>(store).front();
    const auto words_in = [&](const pdca::FactRecorded& moved) {
        return std::get<pdca::FactRecorded>(pdca::opened(moved, stream, keys)).value;
    };
    REQUIRE(words_in(fact)["words"] == Value{given_symptom});
    pdca::FactRecorded other_fact = fact;
    other_fact.fact = "suspicion";
    CHECK(words_in(other_fact)["words"].as<Sealed>() != nullptr);
    pdca::FactRecorded other_person = fact;
    other_person.subject.id = "li";
    CHECK(words_in(other_person)["words"].as<Sealed>() != nullptr);
    pdca::FactRecorded other_field = fact;
    other_field.value = Record::of({{"word", fact.value["words"]}});
    CHECK(words_in(other_field)["word"].as<Sealed>() != nullptr);
}

TEST_CASE("a rule sees through the seal, and its answer is on the record", "[sealing]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    Clinic clinic{store, keys};
    clinic.run(
        pdca::RecordFact{{"post", "spray"}, "post_hazard", Record::of({{"hazard", "benzene"}}), 0});
    REQUIRE(reason_of(clinic.report("contraindication", "benzene")).empty());
    const auto entry = [&] {
        return clinic.run(pdca::RequestAct{clinic.zhang, "enter_post",
                                           Record::of({{"post", Reference{"post", "spray"}}})});
    };
    const auto refused = entry();
    CHECK(reason_of(refused) == "gate_closed");
    CHECK_THAT(refused.refusal->detail, Catch::Contains("contraindicated"));
    const auto asked = events_of<pdca::SealedFieldsAsked>(store);
    REQUIRE_FALSE(asked.empty());
    CHECK(asked.front().first.key == "worker/zhang");
    // The same question again is no news.
    entry();
    CHECK(events_of<pdca::SealedFieldsAsked>(store).size() == asked.size());
}

TEST_CASE("a command about a person that is sent again gets its first answer", "[sealing]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    Clinic clinic{store, keys};
    const pdca::RecordFact fact{clinic.zhang, "symptom", Record::of({{"words", "sleeps badly"}}),
                                0};
    const auto first = clinic.run(fact, "again");
    REQUIRE_FALSE(first.refusal);
    const auto head = store.head();
    CHECK(clinic.run(fact, "again").repeated);
    pdca::RecordFact other = fact;
    other.value = Record::of({{"words", "sleeps well"}});
    CHECK(reason_of(clinic.run(other, "again")) == "command_reused");
    CHECK(store.head() == head);
    // What is kept of the command cannot be found by trying out what it may have said.
    const auto kept = store.result_of(CommandId{"again"});
    REQUIRE(kept);
    CHECK(kept->body != sha256(BytesView{pdca::encode(pdca::Command{fact})}));
}
