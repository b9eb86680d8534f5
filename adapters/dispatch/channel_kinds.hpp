#pragma once

#include "adapters/config/table_reader.hpp"
#include "adapters/dispatch/setup.hpp"

/// One function for each kind of channel: it reads what the kind needs, and says in `channel` how
/// it may be used. What is wrong is told to the reader.
namespace dutylog::dispatch {

// Programs, and chats that several people read (group_channels.cpp).
Route read_webhook(config::TableReader& reader, const Setup& setup,
                   notice::dispatch::Channel& channel);
Route read_dingtalk_robot(config::TableReader& reader, const Setup& setup,
                          notice::dispatch::Channel& channel);
Route read_wecom_robot(config::TableReader& reader, const Setup& setup,
                       notice::dispatch::Channel& channel);
Route read_feishu_bot(config::TableReader& reader, const Setup& setup,
                      notice::dispatch::Channel& channel);
Route read_slack(config::TableReader& reader, const Setup& setup,
                 notice::dispatch::Channel& channel);
Route read_teams(config::TableReader& reader, const Setup& setup,
                 notice::dispatch::Channel& channel);

// What leads to each person by itself (person_channels.cpp).
Route read_dingtalk_app(config::TableReader& reader, const Setup& setup,
                        notice::dispatch::Channel& channel);
Route read_wecom_app(config::TableReader& reader, const Setup& setup,
                     notice::dispatch::Channel& channel);
Route read_feishu_app(config::TableReader& reader, const Setup& setup,
                      notice::dispatch::Channel& channel);
Route read_mail(config::TableReader& reader, const Setup& setup,
                notice::dispatch::Channel& channel);

// Short messages (sms_channels.cpp).
Route read_sms_gateway(config::TableReader& reader, const Setup& setup,
                       notice::dispatch::Channel& channel);
Route read_sms_aliyun(config::TableReader& reader, const Setup& setup,
                      notice::dispatch::Channel& channel);
Route read_sms_tencent(config::TableReader& reader, const Setup& setup,
                       notice::dispatch::Channel& channel);

/// Of channels that lead to each person by themselves.
void to_persons(notice::dispatch::Channel& channel, notice::dispatch::Family family);

}  // namespace dutylog::dispatch
