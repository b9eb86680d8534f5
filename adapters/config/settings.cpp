#include "adapters/config/settings.hpp"

#include <algorithm>

namespace dutylog::config {

namespace {

constexpr std::int64_t million = 1'000'000;

Shape short_time() { return time_between(Elapsed{100'000}, minutes(60)); }

std::vector<Setting> all() {
    const Shape file{Kind::file};
    return {
        {"log.file", file, "", words("the log, one SQLite file", "日志（一个 SQLite 文件）")},

        {"log.checkpoint", file, "",
         words("a checkpoint of it that was kept elsewhere, for `doctor`",
               "另处保存的检查点，供 `doctor` 比对")},

        {"server.address", {Kind::address}, "127.0.0.1", words("address to listen on", "监听地址")},
        {"server.port", whole_number(0, 65'535), "8080",
         words("port; 0 for any that is free", "端口；0 为任一空闲端口")},
        {"server.socket", file, "",
         words("a Unix socket in place of an address", "以 Unix 套接字代替地址")},
        {"server.language",
         {Kind::choice, 0, 0, {"zh-CN", "en"}},
         "",
         words("of answers to readers who ask for none; that of the program where left out",
               "读者未指明时答复所用的语言；省略时同本程序")},
        {"server.connections_max", whole_number(1, 100'000), "2000",
         words("connections at once", "同时连接数上限")},
        {"server.connections_per_address_max", whole_number(0, 100'000), "64",
         words("of one IPv4 address or IPv6 /64; 0 for no bound",
               "单个 IPv4 地址或 IPv6 /64 的上限；0 为不限")},
        {"server.body_bytes_max", whole_number(1'024, 64 * million), "262144",
         words("of a request's body", "请求正文字节数上限")},
        {"server.first_byte_time", short_time(), "10 s",
         words("from connecting to the first byte", "自连接至首字节")},
        {"server.head_time", short_time(), "10 s",
         words("for the head of a request", "接收请求头")},
        {"server.body_time", short_time(), "30 s",
         words("for the body of a request", "接收请求正文")},
        {"server.idle_time", short_time(), "60 s", words("between two requests", "两次请求之间")},
        {"server.write_time", short_time(), "30 s",
         words("for each 64 KiB of an answer", "发送每 64 KiB 答复")},
        {"server.drain_time", time_between({}, minutes(10)), "20 s",
         words("to answer what was accepted, when the service ends",
               "服务停止时答复已接受请求的时限")},

        {"tls.certificate", file, "", words("certificate with its chain, PEM", "证书链，PEM")},
        {"tls.key", file, "", words("its private key, PEM", "证书私钥，PEM")},

        {"tokens.file", file, "",
         words("where tokens are kept as hashes; beside the log where left out",
               "令牌（仅哈希）文件；省略时在日志旁")},
        {"tokens.managers",
         {Kind::text},
         "",
         words("roles whose holders manage what they hold it for, divided by blanks; the principal "
               "ones of the library where left out",
               "其担任者可管理所任对象的角色，以空格分隔；省略时为定义库的主要负责人角色")},

        {"links.base_url",
         {Kind::text},
         "",
         words("where people reach the service, for links in messages",
               "人员访问本服务的地址，用于消息中的链接")},

        {"loop.queue_max", whole_number(1, million), "10000",
         words("commands that wait; more are answered 503", "等待的命令数；超过则答复 503")},
        {"loop.batch_max", whole_number(1, 100'000), "256",
         words("commands of one commit", "一次提交的命令数")},
        {"loop.timers_per_turn", whole_number(1, 100'000), "1000",
         words("timers fired between two batches", "两批命令之间触发的定时器数")},
        {"loop.questions_max", whole_number(1, million), "1000",
         words("questions that wait; more are answered 503", "等待的查询数；超过则答复 503")},
        {"loop.long_questions_max", whole_number(1, 10'000), "16",
         words("questions of the past, what-if and impacts that wait; more are answered 503",
               "等待的历史查询、假设与影响分析数；超过则答复 503")},

        {"log_lines.level",
         {Kind::choice, 0, 0, {"debug", "info", "warn", "error"}},
         "info",
         words("lines below it are left out", "低于此级别的日志行不输出")},
        {"log_lines.format",
         {Kind::choice, 0, 0, {"plain", "json"}},
         "plain",
         words("of the service's log lines on standard error", "标准错误上的运行日志格式")},
    };
}

}  // namespace

std::span<const Setting> settings() {
    static const std::vector<Setting> list = all();
    return list;
}

const Setting* find_setting(std::string_view key) {
    const auto found = std::ranges::find(settings(), key, &Setting::key);
    return found == settings().end() ? nullptr : &*found;
}

std::string variable_of(const Setting& setting) {
    if (setting.key == "log.file") return "DUTYLOG_LOG";
    std::string name = "DUTYLOG_";
    for (const char letter : setting.key)
        name += letter == '.' ? '_' : static_cast<char>(letter >= 'a' ? letter - 32 : letter);
    return name;
}

}  // namespace dutylog::config
