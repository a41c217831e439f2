#!/bin/bash
# The formatter owns the layout of every C file. Prints TAP.
cd "$1" || exit 1
echo 1..1
mapfile -t sources < <(find capture workflow ui app tests -name '*.[ch]' -not -path 'tests/lint/bad/*' | sort)
if report=$(clang-format --dry-run --Werror "${sources[@]}" 2>&1); then
  echo "ok 1 clang-format agrees with every C file"
else
  echo "not ok 1 clang-format agrees with every C file"
  grep ' error: ' <<<"$report" | sed 's/: error:.*//; s/^/# /' | sort -u | head -40
fi
