#!/bin/sh
# Copyright (C) 2026 The Yizhan developers
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a program on a display and a session bus of its own. With --wm a window manager runs beside it,
# so that real keys find the window. Usage: run-in-xvfb.sh [--wm] [--size WxH] PROGRAM [ARGUMENT…]
set -eu

size=1366x768
manager=
while [ $# -gt 0 ]; do
  case $1 in
  --wm) manager=openbox ;;
  --size)
    size=$2
    shift
    ;;
  *) break ;;
  esac
  shift
done
for tool in xvfb-run dbus-run-session $manager; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is not installed"
    exit 0
  fi
done
if [ -n "$manager" ]; then
  # shellcheck disable=SC2016 # the inner shell reads its own parameters
  exec xvfb-run -a -s "-screen 0 ${size}x24 -dpi 96" dbus-run-session -- sh -c '
    openbox >/dev/null 2>&1 &
    manager=$!
    trap "kill $manager 2>/dev/null || true" EXIT
    "$@"' sh "$@"
fi
exec xvfb-run -a -s "-screen 0 ${size}x24 -dpi 96" dbus-run-session -- "$@"
