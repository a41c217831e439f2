# Completion of yizhanctl for bash: commands, options and files.
_yizhanctl () {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local options='--store --as --password-file --json --help --version'
  case "$previous" in
    --store|--output) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
    --file|--password-file|--new-password-file|--calendar|corners|shape|skew|text|check|draw)
      mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --level) mapfile -t COMPREPLY < <(compgen -W 'window station bureau' -- "$current"); return ;;
    --role)
      mapfile -t COMPREPLY < <(compgen -W 'clerk officer station-examiner station-leader bureau-examiner
        bureau-leader supervisor administrator auditor' -- "$current"); return ;;
    dossier) mapfile -t COMPREPLY < <(compgen -W 'new record attach do show list export' -- "$current"); return ;;
    camera) mapfile -t COMPREPLY < <(compgen -W 'list shoot' -- "$current"); return ;;
    page) mapfile -t COMPREPLY < <(compgen -W 'corners shape skew text' -- "$current"); return ;;
    flow) mapfile -t COMPREPLY < <(compgen -W 'check draw' -- "$current"); return ;;
    staff|unit) mapfile -t COMPREPLY < <(compgen -W 'add' -- "$current"); return ;;
    matter) mapfile -t COMPREPLY < <(compgen -W 'list' -- "$current"); return ;;
  esac
  case "$current" in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options --person --fact --file --camera --reason --basis --seen --inbox
      --overdue --search --output --pages --page --pause --calendar --closing --name --role --unit --level --parent
      --practice" -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W 'init unit staff verify figures dossier camera page deadline flow matter
      check help' -- "$current") ;;
  esac
}
complete -o default -F _yizhanctl yizhanctl
