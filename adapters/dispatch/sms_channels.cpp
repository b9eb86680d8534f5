#include "adapters/dispatch/channel_fields.hpp"
#include "adapters/dispatch/channel_kinds.hpp"
#include "adapters/words/refusal_words.hpp"

namespace dutylog::dispatch {

using config::TableReader;
using config::words;
using notice::Secret;
using notice::dispatch::Channel;
using notice::dispatch::Family;

namespace {

/// `name = value` pairs of a template: `days=days`.
std::vector<std::pair<std::string, std::string>> parameters(TableReader& reader) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const std::string& text : reader.texts("parameters")) {
        const std::size_t equals = text.find('=');
        all.emplace_back(text.substr(0, equals),
                         equals == std::string::npos ? text : text.substr(equals + 1));
    }
    return all;
}

}  // namespace

Route read_sms_gateway(TableReader& reader, const Setup& setup, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::SmsGateway gateway;
    gateway.method = reader.choice("method", "POST", {"POST", "PUT", "GET"});
    gateway.url = address_of(reader, setup);
    for (const Secret& line : secrets_of(reader, "headers_file", false)) {
        const std::size_t colon = line.reveal().find(':');
        if (colon == std::string::npos) {
            reader.refuse("headers_file",
                          words("a line is no `Name: value`", "有一行不是“名称: 值”"),
                          words("One header a line.", "每行一个请求头。"));
            continue;
        }
        const std::size_t value = line.reveal().find_first_not_of(' ', colon + 1);
        gateway.headers.push_back({line.reveal().substr(0, colon),
                                   value == std::string::npos ? "" : line.reveal().substr(value)});
    }
    const std::string escape = reader.choice("escape", "json", {"json", "form", "xml"});
    if (escape == "form") gateway.escape = channels::Template::Escape::form;
    if (escape == "xml") gateway.escape = channels::Template::Escape::xml;
    const std::string body = reader.needed("body");
    if (auto read = channels::Template::parse(body, channels::sms_value_names()))
        gateway.body = std::move(*read);
    else
        reader.refuse(
            "body", words::words_of(read.error()),
            words("docs/notifications.md lists the names.", "可用名称见 docs/notifications.md。"));
    if (auto read = channels::SuccessRule::parse(reader.needed("success")))
        gateway.success = std::move(*read);
    else
        reader.refuse("success", words::words_of(read.error()),
                      words("Write it as `status == 200 && body.code == \"0\"`.",
                            "写法如 `status == 200 && body.code == \"0\"`。"));
    return gateway;
}

Route read_sms_aliyun(TableReader& reader, const Setup&, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::AliyunSms sms;
    sms.key_id = Secret{reader.needed("key_id")};
    sms.key_secret = secret_of(reader, "key_secret_file");
    sms.sign_name = reader.needed("sign_name");
    sms.template_code = reader.needed("template");
    sms.parameters = parameters(reader);
    sms.host = reader.text("host", sms.host);
    return sms;
}

Route read_sms_tencent(TableReader& reader, const Setup&, Channel& channel) {
    to_persons(channel, Family::chat);
    channels::TencentSms sms;
    sms.secret_id = Secret{reader.needed("key_id")};
    sms.secret_key = secret_of(reader, "key_secret_file");
    sms.app_id = reader.needed("app_id");
    sms.sign_name = reader.needed("sign_name");
    sms.template_id = reader.needed("template");
    for (auto& [name, value] : parameters(reader)) sms.parameters.push_back(value);
    sms.region = reader.text("region", sms.region);
    sms.host = reader.text("host", sms.host);
    return sms;
}

}  // namespace dutylog::dispatch
