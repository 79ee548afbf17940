import { command } from '../../program/command.ts';
import { GROUP_FLAG, PAGER_FLAG, TABLE_FORMS, TARGET_FLAGS, outputFlag, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** What became of the entries that findings are about. */
export const OUTCOMES = ['leftOut', 'shadowed', 'repaired', 'noted'] as const;

/** Its flags. */
export const flags = {
  source: { kind: 'text', placeholder: 'SOURCE', help: 'only this source' },
  outcome: { kind: 'list', placeholder: 'OUTCOME', help: 'only findings with this outcome', choices: OUTCOMES },
  server: { kind: 'text', placeholder: 'NAME', help: 'only entries whose name contains this' },
  limit: { kind: 'number', short: 'l', placeholder: 'N', help: 'number of findings to show at most; default: all' },
  'fail-on': {
    kind: 'text',
    placeholder: 'OUTCOME',
    help: 'exit with 1 when there is a finding of this kind or a worse one',
    choices: OUTCOMES,
  },
  ...PAGER_FLAG,
  ...outputFlag(TABLE_FORMS),
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** The report about entries. */
export const report = command({
  name: 'report',
  summary: 'show entries that a registry left out, shadowed or repaired',
  args: [{ name: 'REGISTRY', help: 'name of the registry', completed: 'registry' }],
  flags,
  examples: [
    { about: 'All findings', line: 'report quickstart' },
    { about: 'Entries that are not served, for a script', line: 'report quickstart --outcome leftOut -o json' },
  ],
  verdict: true,
  load: async () => (await import('./run.ts')).runReport,
});
