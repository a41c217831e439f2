# Shared by app/start and tests/run: packages and the build. Sourced with $here set to the checkout.
# shellcheck shell=bash
build=$here/.build/desk
root=$here/.build/root

# install_packages KIND…: installs what app/packages lists under these kinds and is missing.
install_packages () {
  local kinds=" $* " wanted=() missing=() kind name
  while read -r kind name; do
    case "$kind" in ''|\#*) continue ;; esac
    case "$kinds" in *" $kind "*) wanted+=("$name") ;; esac
  done <"$here/app/packages"
  for name in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  local become=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "These packages are missing, and neither root nor sudo is at hand to install them." >&2
      return 3
    }
    become=(sudo)
  fi
  "${become[@]}" apt-get update -qq
  "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
}

# quietly LABEL COMMAND…: says the label, shows the output only when the command fails.
quietly () {
  local label=$1 log; shift
  log=$(mktemp)
  echo "$label"
  "$@" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; return 3; }
  rm -f "$log"
}

# build_desk: configures once, compiles what changed, installs into .build/root.
build_desk () {
  if [ ! -e "$build/build.ninja" ]; then
    quietly "Preparing the build …" meson setup "$build" "$here" --prefix "$root" --libdir lib
  fi
  if [ ! -e "$root/bin/yizhan" ] || ! ninja -C "$build" -n | grep -q 'no work to do'; then
    quietly "Building …" ninja -C "$build"
    quietly "Installing into .build/root …" meson install -C "$build" --only-changed --no-rebuild
  fi
}

# choose_language LANG: what was asked for, else this login's, else Chinese. Exports YIZHAN_LANG.
choose_language () {
  local lang=${1:-${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}}
  case "$lang" in
    en*) YIZHAN_LANG=en ;;
    *) YIZHAN_LANG=zh_CN ;;
  esac
  export YIZHAN_LANG
}
