# Completion of hashrange in bash.

# The formats of `hashrange export --list` that can be imported or exported, as $1 says.
__hashrange_formats ()
{
  LC_ALL=C "${COMP_WORDS[0]}" export --list 2>/dev/null |
    sed -n "/^[^ ]/{/ \(.*, \)\?$1\(,\| \)/s/ .*//p}"
}

__hashrange_options ()
{
  case $1 in
    check) echo --json ;;
    run) echo --set --trace --json --keep --output --endpoint --allow-writes ;;
    draw) echo --output --table --index --pair --pattern --theme --scale --rows ;;
    export) echo --to --output --list ;;
    import) echo --from --output ;;
    serve)
      echo --db --sync --port --host --allow-origin --require-auth --validation --per-credentials --ttl-delay --status-delay --log ;;
    call) echo --db --model --endpoint --validation ;;
  esac
}

_hashrange ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}

  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "check run draw export import serve call open --help --version" -- "$current")
    return
  fi
  case $previous in
    --to) mapfile -t COMPREPLY < <(compgen -W "$(__hashrange_formats export)" -- "$current") ;;
    --from) mapfile -t COMPREPLY < <(compgen -W "$(__hashrange_formats import)" -- "$current") ;;
    --theme)
      mapfile -t COMPREPLY < <(compgen -W "light dark high-contrast high-contrast-dark print" -- "$current") ;;
    --validation) mapfile -t COMPREPLY < <(compgen -W "new old" -- "$current") ;;
    --sync) mapfile -t COMPREPLY < <(compgen -W "full normal off" -- "$current") ;;
    --port | --host | --allow-origin | --require-auth) ;;
    --set | --endpoint | --table | --index | --pair | --pattern | --scale | --rows) ;;
    *)
      if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "--help $(__hashrange_options "$command")" -- "$current")
      else
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
      fi
      ;;
  esac
}

complete -F _hashrange hashrange
