import { command } from '../../program/command.ts';
import type { FlagSpecs } from '../../program/flag.ts';

/** Supported shells. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Its flags. */
export const flags = {} as const satisfies FlagSpecs;

/** Scripts for shells. */
export const completion = command({
  name: 'completion',
  summary: 'print the script that lets a shell complete commands, flags, and names of registries and servers',
  details:
    'The script asks this program for completions, so it needs to be loaded only once.\n' +
    'Names with characters that are special to a shell are not offered.\n' +
    'Called as "kubectl mcpregistry" it prints the script for kubectl-mcpregistry. kubectl itself asks a program kubectl_complete-mcpregistry of your PATH: a script that runs kubectl-mcpregistry __complete "$@".',
  args: [{ name: 'SHELL', help: 'the shell', required: true, choices: SHELLS }],
  flags,
  examples: [
    {
      about: 'In this bash, and in every later one',
      line: 'completion bash > ~/.local/share/bash-completion/completions/toolhive-registry',
    },
    { about: 'For zsh, in a folder of fpath', line: 'completion zsh > ~/.zfunc/_toolhive-registry' },
    { about: 'For fish', line: 'completion fish > ~/.config/fish/completions/toolhive-registry.fish' },
  ],
  load: async () => (await import('./run.ts')).runCompletion,
});
