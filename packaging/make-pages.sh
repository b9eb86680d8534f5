#!/bin/sh
# make-pages.sh PROGRAM FOLDER CHANGELOG: manual pages in both languages, completion scripts and the changelog,
# as a Debian package wants them.
set -eu
program=$1 folder=$2 changelog=$3
rm -rf "$folder"
mkdir -p "$folder/zh_CN"
"$program" manual --lang en --folder "$folder/man1" >/dev/null
"$program" manual --lang zh-CN --folder "$folder/zh_CN/man1" >/dev/null
gzip -9n "$folder"/man1/*.1 "$folder"/zh_CN/man1/*.1
"$program" completion bash >"$folder/dutylog.bash"
"$program" completion zsh --lang en >"$folder/dutylog.zsh"
gzip -9n <"$changelog" >"$folder/changelog.gz"
touch "$folder/made"
