#!/bin/bash
# What is installed beside the programs is valid in the eyes of those who read it. Prints TAP.
# Arguments: the checkout, the build folder.
cd "$1" || exit 1
built=$2
number=0
claim () {
  local text=$1 report
  shift
  number=$((number + 1))
  if report=$("$@" 2>&1); then
    echo "ok $number $text"
  else
    echo "not ok $number $text"
    echo "# ${report//$'\n'/$'\n'# }"
  fi
}
speaks_all () {
  local template=$built/yizhan.pot
  # shellcheck disable=SC2046
  xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 \
    --keyword=g_dngettext:2,3 --add-comments=Translators -o "$template" \
    $(grep -v '^#' app/po/POTFILES) || return 1
  # A format macro of C ends the sentence that translators see, and no translation is ever found.
  ! grep -E '^(msgid )?"(.*[^%])?%"$' "$template" || return 1
  msgcmp app/po/zh_CN.po "$template" || return 1
  [ -z "$(msgattrib --untranslated --no-obsolete app/po/zh_CN.po; msgattrib --only-fuzzy --no-obsolete app/po/zh_CN.po)" ]
}
lists_all () {
  local missing
  missing=$(comm -23 \
    <({ grep -rlE '\b(N?C?_|ngettext|g_dngettext) \(' --include='*.c' capture workflow ui app
        grep -rl 'translatable="yes"' --include='*.ui' ui; } | sort -u) \
    <(grep -v '^#' app/po/POTFILES | sort))
  [ -z "$missing" ] || { echo "not in app/po/POTFILES:"; echo "$missing"; return 1; }
}
pages_are_clean () {
  local page
  for page in "$@"; do
    [ -z "$(LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)" ] || { echo "$page"; return 1; }
  done
}
templates_are_sound () {
  xmllint --noout ui/*.ui
}

echo 1..9
claim "the desktop file is valid" desktop-file-validate "$built/app/data/cn.yizhan.Yizhan.desktop"
claim "the AppStream metainfo is valid" appstreamcli validate --no-net "$built/app/data/cn.yizhan.Yizhan.metainfo.xml"
claim "the settings schema is valid" glib-compile-schemas --strict --dry-run app/data
claim "the icons are XML" xmllint --noout app/data/icons/*.svg
claim "the man pages are clean" pages_are_clean app/help/*.[18]
claim "the window templates are XML" templates_are_sound
claim "every source with words is listed for translation" lists_all
claim "the Chinese is complete" speaks_all
claim "the Chinese formats match" msgfmt --check -o /dev/null app/po/zh_CN.po
