#include "adapters/cli/exit_code.hpp"

#include <vector>

namespace dutylog::cli {

std::span<const ExitCodeHelp> exit_codes() {
    static const std::vector<ExitCodeHelp> codes{
        {ExitCode::fine, {"fine", "正常"}, {"Nothing is to be done.", "无须处理。"}},
        {ExitCode::problems,
         {"problems found", "发现问题"},
         {"Each problem was told with its place; mend it and run the command again.",
          "各问题及其位置已列出；改正后重新运行。"}},
        {ExitCode::usage,
         {"wrong usage", "用法错误"},
         {"`dutylog COMMAND --help` shows how a command is used.",
          "`dutylog 命令 --help` 显示用法。"}},
        {ExitCode::refused,
         {"refused by a rule", "被规则拒绝"},
         {"The refusal is on the record with its reason; do what the rule asks for first.",
          "拒绝及其理由已记录；请先满足规则的要求。"}},
        {ExitCode::storage,
         {"storage failure", "存储故障"},
         {"Look at the disk, then run `dutylog verify FILE`. What was committed is there when the "
          "log is opened again; where the log is damaged, restore a backup.",
          "请检查磁盘，再运行 `dutylog verify 文件`。已提交者在重新打开日志后仍在；日志损坏时请"
          "用备份恢复。"}},
        {ExitCode::locked,
         {"the log is open elsewhere", "日志正被其他进程写入"},
         {"One process writes to a log at a time. Wait until the other one ends, or send the "
          "command to it; questions can be asked meanwhile.",
          "同一时刻只有一个进程写入日志。请等待其结束，或把命令交给它；期间仍可提问。"}},
        {ExitCode::configuration,
         {"the configuration has problems", "配置有误"},
         {"`dutylog config check --config FILE` tells every problem with its place.",
          "`dutylog config check --config 文件` 列出全部问题及位置。"}},
        {ExitCode::keys,
         {"a file of keys or a certificate is missing or cannot be used",
          "密钥文件或证书缺失或无法使用"},
         {"Put the file back from where keys are kept apart from the log; `dutylog doctor` says "
          "which one is looked for, and where.",
          "请从另行保管之处取回该文件；`dutylog doctor` 指出所需文件及位置。"}},
        {ExitCode::address,
         {"the address to listen on cannot be had", "无法取得监听地址"},
         {"Another process listens there, or the address is not of this machine: choose another "
          "`server.port` or `server.address`, or end the other process.",
          "该地址已被占用，或不属于本机：请更改 `server.port` 或 `server.address`，或结束占用它的"
          "进程。"}},
        {ExitCode::disk_full,
         {"no room is left on the disk", "磁盘空间不足"},
         {"Make room and start again; nothing that was acknowledged is lost.",
          "请腾出空间后重新启动；已确认的内容不会丢失。"}},
        {ExitCode::exposed,
         {"a file of secrets can be read by others", "机密文件可被他人读取"},
         {"Take the rights of group and others away with `chmod 600 FILE`, and think about whether "
          "somebody has read it already.",
          "请用 `chmod 600 文件` 收回组与其他用户的权限，并考虑是否已被他人读取。"}},
        {ExitCode::internal,
         {"a mistake of the program", "程序自身错误"},
         {"Please report it with the command that led to it.", "请连同所用命令一并报告。"}},
    };
    return codes;
}

}  // namespace dutylog::cli
