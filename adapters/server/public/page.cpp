#include "adapters/server/public/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/channels/markup.hpp"
#include "adapters/http/language.hpp"
#include "adapters/http/target.hpp"
#include "engine/core/digest.hpp"
#include "engine/log/base64.hpp"

namespace dutylog::server {

namespace {

constexpr std::string_view style =
    "body{font:16px/1.6 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1c1e21}"
    "main{max-width:34em;margin:2em auto;padding:1.5em 2em;background:#fff;border-radius:8px}"
    "h1{font-size:1.3em;margin-top:0}dl{display:grid;grid-template-columns:auto 1fr;gap:.2em 1em}"
    "dt{color:#5b6068}dd{margin:0}label{display:block;margin:.8em 0}"
    "input,select{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.4em}"
    "button{font:inherit;padding:.6em 1.6em;border:0;border-radius:6px;background:#14539a;"
    "color:#fff}.problem{border-left:4px solid #b3261e;padding-left:.8em}";

std::string style_hash() {
    const Digest digest = sha256(style);
    return log::to_base64(BytesView{digest.bytes});
}

/// What one page is written with.
class Writer {
public:
    explicit Writer(Language language) : language_{language} {}

    std::string text(const Text& words) const {
        return channels::html_escaped(words.in(language_));
    }

    std::string field(const PageField& field) const {
        return fmt::format("<label>{}{}</label>", text(field.label),
                           field.choices.empty() ? line_of(field) : choices_of(field));
    }

    std::string form(const PageForm& form) const {
        std::string fields;
        for (const PageField& each : form.fields) fields += field(each);
        return fmt::format("<form method=\"post\">{}<button>{}</button></form>", fields,
                           text(form.button));
    }

    std::string facts(const Page& page) const {
        std::string list;
        for (const auto& [name, value] : page.facts)
            list += fmt::format("<dt>{}</dt><dd>{}</dd>", text(name), text(value));
        return list.empty() ? list : "<dl>" + list + "</dl>";
    }

private:
    std::string line_of(const PageField& field) const {
        const auto attribute = [](std::string_view name, const std::string& value) {
            return value.empty() ? std::string{}
                                 : fmt::format(" {}=\"{}\"", name, channels::html_escaped(value));
        };
        return fmt::format("<input name=\"{}\" type=\"{}\" required{}{}{}{}>", field.name,
                           field.is_date ? "date" : "text",
                           field.is_date ? "" : " maxlength=\"300\"", attribute("min", field.min),
                           attribute("max", field.max), attribute("value", field.value));
    }

    std::string choices_of(const PageField& field) const {
        std::string list;
        for (const auto& [value, label] : field.choices)
            list += fmt::format("<option value=\"{}\"{}>{}</option>", channels::html_escaped(value),
                                value == field.value ? " selected" : "", text(label));
        return fmt::format("<select name=\"{}\" required>{}</select>", field.name, list);
    }

    Language language_;
};

std::string html_of(const Page& page, Language language) {
    const Writer writer{language};
    const bool english = language == Language::en;
    std::string body = fmt::format("<h1>{}</h1>", writer.text(page.title));
    if (!page.problem.empty())
        body += fmt::format("<p class=\"problem\">{}</p>", writer.text(page.problem));
    for (const Text& words : page.words) body += fmt::format("<p>{}</p>", writer.text(words));
    body += writer.facts(page);
    if (page.form) body += writer.form(*page.form);
    return fmt::format(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<title>{}</title><style>{}</style></head><body><main>{}"
        "<p><a href=\"?lang={}\">{}</a></p></main></body></html>\n",
        http::tag_of(language), writer.text(page.title), style, body, english ? "zh-CN" : "en",
        english ? "中文" : "English");
}

/// `+` is a blank here, other than in a target.
std::optional<std::string> form_decoded(std::string_view text) {
    std::string plain{text};
    std::ranges::replace(plain, '+', ' ');
    return http::percent_decoded(plain);
}

}  // namespace

http::Response page_response(const Page& page, Language language) {
    static const std::string policy = fmt::format(
        "default-src 'none'; style-src 'sha256-{}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
        style_hash());
    http::Response response =
        http::text_response(page.status, "text/html; charset=utf-8", html_of(page, language));
    response.set("Content-Language", http::tag_of(language));
    response.set("Content-Security-Policy", policy);
    response.set("Referrer-Policy", "no-referrer");
    response.set("Cache-Control", "no-store");
    response.set("X-Robots-Tag", "noindex, nofollow, noarchive");
    if (page.retry_after) {
        const std::int64_t wait = (page.retry_after->micros + 999'999) / 1'000'000;
        response.set("Retry-After", std::to_string(std::max<std::int64_t>(1, wait)));
    }
    return response;
}

std::optional<Form> read_form(std::string_view body) {
    if (body.size() > form_bytes_max) return {};
    Form form;
    while (!body.empty()) {
        const auto field = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(field.size() + 1, body.size()));
        const auto equals = std::min(field.find('='), field.size());
        auto name = form_decoded(field.substr(0, equals));
        auto value = form_decoded(field.substr(std::min(equals + 1, field.size())));
        if (!name || !value || form.size() == form_fields_max) return {};
        if (!form.emplace(std::move(*name), std::move(*value)).second) return {};
    }
    return form;
}

}  // namespace dutylog::server
