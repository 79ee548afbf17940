import type { SHELLS } from './command.ts';

/** The word after which the program is asked for what fits; kubectl and cobra's programs use the same (spf13/cobra, completions.go). */
export const COMPLETE_COMMAND = '__complete';

/**
 * The script of a shell. The program answers with a word and, after a tab, what it is for on each line, and in the last line with a colon and a number,
 * as cobra's programs do: `:0` where names of files fit as well, `:4` where they do not, `:6` where no space follows.
 */
export function script(shell: (typeof SHELLS)[number], program: string): string {
  return SCRIPTS[shell](program);
}

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (program: string) => string>> = { bash, zsh, fish };

function bash(program: string): string {
  const name = `_${program.replaceAll('-', '_')}`;
  return `# bash completion for ${program}
${name}() {
  local answer line part joined cut='' i left=\${COMP_LINE:0:COMP_POINT} words=("\${COMP_WORDS[0]}")
  COMPREPLY=()
  # Bash splits words at =, : and @, the program does not: parts without a blank between them are one word.
  left=\${left#*"\${COMP_WORDS[0]}"}
  for ((i = 1; i <= COMP_CWORD; i++)); do
    part=\${left#"\${left%%[![:space:]]*}"}
    joined=
    [[ $part == "$left" ]] && joined=1
    if ((i < COMP_CWORD)); then
      left=\${part#"\${COMP_WORDS[i]}"}
      part=\${COMP_WORDS[i]}
    else
      # Bash replaces what stands behind the last =, : or @ only.
      [[ -n $joined ]] && cut=\${words[\${#words[@]} - 1]}
      [[ -z \${part//[=:@]/} ]] && cut+=$part
    fi
    # The program gets words without their quotes, of which the last may be open still.
    case $part in
      \\"*) part=\${part#\\"} part=\${part%\\"} ;;
      \\'*) part=\${part#\\'} part=\${part%\\'} ;;
      *) part=\${part//\\\\/} ;;
    esac
    if [[ -n $joined ]]; then
      words[\${#words[@]} - 1]+=$part
    else
      words+=("$part")
    fi
  done
  case \${words[0]} in
    '~'/*) words[0]=$HOME/\${words[0]#'~/'} ;;
  esac
  answer=$("\${words[0]}" ${COMPLETE_COMMAND} "\${words[@]:1}" 2>/dev/null) || return
  # Bash of macOS has no compopt.
  if type compopt >/dev/null 2>&1; then
    case \${answer##*$'\\n'} in
      :0) compopt -o default -o bashdefault ;;
      :6) compopt -o nospace ;;
    esac
  fi
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    [[ $line == :* || -z $line ]] && continue
    COMPREPLY+=("\${line#"$cut"}")
  done <<< "$answer"
}
complete -F ${name} ${program}
`;
}

// A file of fpath is loaded as the function that has its name.
function zsh(program: string): string {
  return `#compdef ${program}
_${program}() {
  local -a lines offered asked
  local line word about answer
  asked=("\${(@Q)words[1,CURRENT]}")
  asked[1]="\${asked[1]/#\\~\\//$HOME/}"
  asked[-1]="\${asked[-1]#[\\"']}"
  answer="$("\${asked[1]}" ${COMPLETE_COMMAND} "\${(@)asked[2,-1]}" 2>/dev/null)" || return
  lines=("\${(@f)answer}")
  for line in "\${lines[@]}"; do
    [[ $line == :* || -z $line ]] && continue
    word="\${line%%$'\\t'*}"
    about="\${line#*$'\\t'}"
    [[ $about == $word ]] && about=""
    offered+=("\${word//:/\\\\:}\${about:+:$about}")
  done
  if (( $#offered )); then
    if [[ \${lines[-1]} == :6 ]]; then
      _describe '${program}' offered -S ''
    else
      _describe '${program}' offered
    fi
  fi
  [[ \${lines[-1]} == :0 ]] && _files
}
if [[ \${funcstack[1]} == _${program} ]]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi
`;
}

function fish(program: string): string {
  const name = `_${program.replaceAll('-', '_')}`;
  return `# fish completion for ${program}
function _${name}
  set -l words (commandline -opc)
  set -l current (string replace -r '^["\\']' '' -- (commandline -ct))
  set words[1] (string replace -r '^~/' "$HOME/" -- $words[1])
  set -l answer ($words[1] ${COMPLETE_COMMAND} $words[2..-1] "$current" 2>/dev/null)
  for line in $answer
    string match -q ':*' -- $line; or echo $line
  end
  if test "$answer[-1]" = ':0'
    __fish_complete_path (commandline -ct)
  end
end
complete -c ${program} -f -a '(_${name})'
`;
}
