#!/bin/bash
# Every script is sound shell. Prints TAP.
cd "$1" || exit 1
mapfile -t scripts < <(grep -rlE '^#!/bin/(ba)?sh' app tests .ci --include='*' | grep -v '^tests/lint/bad/' | sort)
echo "1..${#scripts[@]}"
number=0
for script in "${scripts[@]}"; do
  number=$((number + 1))
  if report=$(shellcheck --external-sources --source-path="$PWD" "$script" 2>&1); then
    echo "ok $number $script"
  else
    echo "not ok $number $script"
    echo "# ${report//$'\n'/$'\n'# }"
  fi
done
