/**
 * The script for bash. It takes the line apart by itself where bash tells it (`COMP_LINE`): bash would split a name at its
 * colons, and hand over quotes as they are typed. What it answers is quoted as the word was begun, and leaves out what
 * readline does not replace: everything up to the last of `COMP_WORDBREAKS`.
 *
 * It runs in the bash of macOS too, which is 3.2: no `${word,,}`, no `mapfile`, and `compopt` only where it is.
 */
import { assignedBy, literal, pattern, shellText } from './shell-text.ts';
import type { CompletionTree, Named } from './tree.ts';

const list = (named: readonly Named[]): string => literal(named.map(({ name }) => name).join(' '));

const assigned = assignedBy(words => literal(words.join(' ')));

export const bashScript = ({ pages, values }: CompletionTree): string => `# Completion of asxos for bash.

# The commands and options of a command.
_asxos_page() {
  case $1 in
${pages.map(({ path, commands, options }) => `    ${literal(path)}) _commands=${list(commands)} _options=${list(options)} ;;`).join('\n')}
    *) return 1 ;;
  esac
}

# What the value at a place can be; 1 where there is no value.
_asxos_value() {
  _words='' _names='' _paths=''
  case $1 in
${values.map(({ at, source }) => `    ${pattern(at)}) ${source === undefined ? ':' : assigned(source)} ;;`).join('\n')}
    *) return 1 ;;
  esac
}
${engine}`;

const engine = shellText`
# The words of the line without their quotes. Of the last one: the quote that is open in it, and how many of its
# characters readline keeps.
_asxos_split() {
  local line=$1 char open='' tick=$'\x60' i
  _line=() _quote='' _kept=0
  local word=''
  for ((i = 0; i < $\{#line}; i++)); do
    char=$\{line:i:1}
    if [[ $_quote == "'" ]]; then
      if [[ $char == "'" ]]; then _quote='' _kept=$\{#word}; else word+=$char; fi
    elif [[ $char == \\ ]]; then
      i=$((i + 1)) open=1
      if [[ $_quote == '"' && '"\$'$tick != *"$\{line:i:1}"* ]]; then word+=\\; fi
      word+=$\{line:i:1}
    elif [[ $_quote == '"' ]]; then
      if [[ $char == '"' ]]; then _quote='' _kept=$\{#word}; else word+=$char; fi
    elif [[ $char == [\'\"] ]]; then
      _quote=$char open=1 _kept=$\{#word}
    elif [[ $char == [[:space:]] ]]; then
      if [[ -n $open ]]; then _line+=("$word"); fi
      word='' open='' _kept=0
    else
      word+=$char open=1
      if [[ $COMP_WORDBREAKS == *"$char"* ]]; then _kept=$\{#word}; fi
    fi
  done
  _line+=("$word")
}

# Proposes a word where it goes on with what is typed, in any case of its letters.
_asxos_propose() {
  local whole=$_before$1 rest tick=$'\x60'
  if [[ $whole != "$_word"* ]]; then return; fi
  rest=$\{whole:_kept}
  case $_quote in
    "'") rest=$\{rest//\'/"'\\''"} ;;
    '"') rest=$\{rest//\\/\\\\} rest=$\{rest//\"/\\\"} rest=$\{rest//\$/\\\$} rest=$\{rest//"$tick"/\\"$tick"} ;;
    *) printf -v rest %q "$rest" ;;
  esac
  COMPREPLY+=("$rest")
}

_asxos_propose_value() {
  local each
  for each in $_words; do _asxos_propose "$each"; done
  if [[ -n $_names ]]; then
    while IFS= read -r each; do _asxos_propose "$each"; done < <(asxos completion --names "$_names" "$\{_data[@]}" 2>/dev/null)
  fi
  if [[ -n $_paths ]]; then
    local kind=-f
    if [[ $_paths == folders ]]; then kind=-d; fi
    # Readline quotes file names by itself, and puts a slash behind a folder.
    if compopt -o filenames 2>/dev/null; then
      while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen $kind -- "$\{_word:$\{#_before}}")
    else
      while IFS= read -r each; do _asxos_propose "$each"; done < <(compgen $kind -- "$\{_word:$\{#_before}}")
    fi
  fi
}

_asxos() {
  local _commands _options _words _names _paths _line _quote _kept _word _before='' _data=(--quiet)
  local command='' count=0 last='' flag='' ended='' i each IFS=$' \t\n'
  COMPREPLY=()
  _asxos_split "$\{COMP_LINE:0:$\{COMP_POINT:-0}}"
  if [[ $\{#_line[@]} -lt 2 ]]; then
    _line=("$\{COMP_WORDS[@]:0:COMP_CWORD+1}") _quote='' _kept=0
  fi
  _word=$\{_line[$\{#_line[@]}-1]}
  for ((i = 1; i < $\{#_line[@]} - 1; i++)); do
    each=$\{_line[i]}
    if [[ -n $flag ]]; then
      if [[ $flag == --data-dir ]]; then _data+=(--data-dir "$\{each/#\~/$HOME}"); fi
      flag=''
    elif [[ -z $ended && $each == -- ]]; then
      ended=1
    elif [[ -z $ended && $each == -?* ]]; then
      case $each in
        --demo | --data-dir=*) _data+=("$each") ;;
      esac
      if _asxos_value "$command=$each"; then flag=$each; fi
    elif [[ $count -eq 0 ]] && _asxos_page "$\{command:+$command }$each"; then
      command=$\{command:+$command }$each
    elif [[ $each != help || -n $command ]]; then
      count=$((count + 1)) last=$each
    fi
  done
  local nocase
  nocase=$(shopt -p nocasematch)
  shopt -s nocasematch
  if [[ -n $flag ]]; then
    _asxos_value "$command=$flag" && _asxos_propose_value
  elif [[ -z $ended && $_word == --*=* ]]; then
    _before=$\{_word%%=*}=
    _asxos_value "$command=$\{_before%=}" && _asxos_propose_value
  else
    local global=''
    if [[ -n $command ]]; then _asxos_page '' && global=$_options; fi
    _asxos_page "$command"
    if [[ $count -gt 0 ]]; then _commands=''; fi
    if [[ -z $ended && $_word == -* ]]; then
      for each in $_options $global; do _asxos_propose "$each"; done
    else
      for each in $_commands; do _asxos_propose "$each"; done
      if _asxos_value "$command:$((count + 1)):$last"; then
        _asxos_propose_value
      elif [[ -z $ended && -z $_commands ]]; then
        for each in $_options; do _asxos_propose "$each"; done
      fi
    fi
  fi
  $nocase
}

complete -F _asxos asxos
`;
