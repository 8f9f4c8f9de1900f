/**
 * The script for zsh, sourced or put into a folder of `fpath` as `_asxos`. Quotes, and the case of letters, are left to
 * zsh's own completion system.
 */
import { assignedBy, literal, pattern, shellText } from './shell-text.ts';
import type { CompletionTree, Named } from './tree.ts';

/** A colon in a name would end it: there is none. */
const described = (named: readonly Named[]): string =>
  named.map(({ name, about }) => literal(`${name}:${about}`)).join(' ');

const assigned = assignedBy(words => `(${words.map(literal).join(' ')})`);

export const zshScript = ({ pages, values }: CompletionTree): string => `#compdef asxos
# Completion of asxos for zsh.

# The commands and options of a command.
_asxos_page() {
  case $1 in
${pages.map(({ path, commands, options }) => `    ${literal(path)}) _commands=(${described(commands)}) _options=(${described(options)}) ;;`).join('\n')}
    *) return 1 ;;
  esac
}

# What the value at a place can be; 1 where there is no value.
_asxos_value() {
  _words=() _names='' _paths=''
  case $1 in
${values.map(({ at, source }) => `    ${pattern(at)}) ${source === undefined ? ':' : assigned(source)} ;;`).join('\n')}
    *) return 1 ;;
  esac
}
${engine}`;

const engine = shellText`
_asxos_propose_value() {
  local -a found
  found=($_words)
  if [[ -n $_names ]]; then
    found+=($\{(f)"$(asxos completion --names $_names $_data 2>/dev/null)"})
  fi
  if (( $#found )); then compadd -M 'm:{a-zA-Z}={A-Za-z}' -a found; fi
  case $_paths in
    files) _files ;;
    folders) _files -/ ;;
  esac
}

_asxos() {
  local -a _commands _options _words _data
  local _names _paths at='' last='' flag='' ended='' each
  local -i count=0 i
  _data=(--quiet)
  for (( i = 2; i < CURRENT; i++ )); do
    each=$\{(Q)words[i]}
    if [[ -n $flag ]]; then
      if [[ $flag == --data-dir ]]; then _data+=(--data-dir $\{each/#\~/$HOME}); fi
      flag=''
    elif [[ -z $ended && $each == -- ]]; then
      ended=1
    elif [[ -z $ended && $each == -?* ]]; then
      case $each in
        --demo | --data-dir=*) _data+=($each) ;;
      esac
      if _asxos_value "$at=$each"; then flag=$each; fi
    elif (( count == 0 )) && _asxos_page "$\{at:+$at }$each"; then
      at=$\{at:+$at }$each
    elif [[ $each != help || -n $at ]]; then
      count+=1
      last=$each
    fi
  done
  if [[ -n $flag ]]; then
    _asxos_value "$at=$flag" && _asxos_propose_value
  elif [[ -z $ended && $PREFIX == --*=* ]]; then
    flag=$\{PREFIX%%=*}
    compset -P '*='
    _asxos_value "$at=$flag" && _asxos_propose_value
  else
    local -a global
    if [[ -n $at ]]; then _asxos_page '' && global=($_options); fi
    _asxos_page "$at"
    if (( count > 0 )); then _commands=(); fi
    if [[ -z $ended && $PREFIX == -* ]]; then
      global+=($_options)
      _describe -o option global
    else
      if (( $#_commands )); then _describe command _commands; fi
      if _asxos_value "$at:$(( count + 1 )):$last"; then
        _asxos_propose_value
      elif [[ -z $ended && -n $at ]] && (( ! $#_commands && $#_options )); then
        _describe -o option _options
      fi
    fi
  fi
}

if [[ $funcstack[1] == _asxos ]]; then
  _asxos "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _asxos asxos
fi
`;
