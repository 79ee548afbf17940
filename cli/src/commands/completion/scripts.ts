import type { SHELLS } from './command.ts';

/** The word after which the program is asked for what fits; kubectl and cobra's programs use the same (spf13/cobra, completions.go). */
export const ASK = '__complete';

/**
 * The script of a shell. The program answers with a word and, behind a tab, what it is for on each line, and in the last line with a colon and a number,
 * as cobra's programs do: `:0` where names of files fit as well, `:4` where they do not, `:6` where no space follows.
 */
export function script(shell: (typeof SHELLS)[number], program: string): string {
  return SCRIPTS[shell](program, `_${program.replaceAll('-', '_')}`);
}

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (program: string, name: string) => string>> = {
  bash: (program, name) => `# bash completion for ${program}
${name}() {
  local answer line
  COMPREPLY=()
  # Bash splits words at = and :, the program does not.
  local current="\${COMP_LINE:0:COMP_POINT}" words
  read -ra words <<< "$current"
  [[ $current == *[[:space:]] ]] && words+=("")
  answer=$("\${words[0]}" ${ASK} "\${words[@]:1}" 2>/dev/null) || return
  # Bash of macOS has no compopt.
  if type compopt >/dev/null 2>&1; then
    case \${answer##*$'\\n'} in
      :0) compopt -o default -o bashdefault ;;
      :6) compopt -o nospace ;;
    esac
  fi
  local cut=""
  local last="\${words[\${#words[@]}-1]}"
  [[ $last == *[=:]* ]] && cut="\${last%"\${COMP_WORDS[COMP_CWORD]}"}"
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    [[ $line == :* || -z $line ]] && continue
    COMPREPLY+=("\${line#"$cut"}")
  done <<< "$answer"
}
complete -F ${name} ${program}
`,
  zsh: (program, name) => `#compdef ${program}
${name}() {
  local -a lines offered
  local line word about answer
  answer="$("\${words[1]}" ${ASK} "\${(@)words[2,CURRENT]}" 2>/dev/null)" || return
  lines=("\${(@f)answer}")
  for line in "\${lines[@]}"; do
    [[ $line == :* || -z $line ]] && continue
    word="\${line%%$'\\t'*}"
    about="\${line#*$'\\t'}"
    [[ $about == $word ]] && about=""
    offered+=("\${word//:/\\\\:}\${about:+:$about}")
  done
  (( $#offered )) && _describe '${program}' offered
  [[ \${lines[-1]} == :0 ]] && _files
}
if [[ \${funcstack[1]} == ${name} ]]; then
  ${name} "$@"
else
  compdef ${name} ${program}
fi
`,
  fish: (program, name) => `# fish completion for ${program}
function _${name}
  set -l words (commandline -opc) (commandline -ct)
  set -l answer ($words[1] ${ASK} $words[2..-1] 2>/dev/null)
  for line in $answer
    string match -q ':*' -- $line; or echo $line
  end
  if test "$answer[-1]" = ':0'
    __fish_complete_path (commandline -ct)
  end
end
complete -c ${program} -f -a '(_${name})'
`,
};
