import { command } from '../../program/command.ts';
import { QUIET_FLAG, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  format: { kind: 'text', placeholder: 'FORMAT', help: 'format that the catalogs must have', choices: ['auto', 'toolhive', 'upstream'] },
  'fail-on': {
    kind: 'text',
    placeholder: 'SEVERITY',
    help: 'exit with 1 when there is a finding of this severity or worse; default: error',
    choices: ['error', 'warning', 'note'],
  },
  output: { kind: 'text', short: 'o', placeholder: 'FORMAT', help: 'form of the report', choices: ['text', 'json', 'sarif', 'junit'] },
  ...QUIET_FLAG,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Checks catalog files. */
export const validate = command({
  name: 'validate',
  summary: 'check catalog files as a registry would, with line and rule of each finding',
  details:
    'An error is what a registry would not serve, a warning what it would repair or what breaks the official schema, a note what it would not read.\n' +
    'In a single server.json everything that breaks the official schema is an error.\n' +
    'Folders are read recursively, each file as a catalog of its own; "-" is standard input. Neither a cluster nor a registry is asked.',
  args: [{ name: 'FILE|DIR|URL', help: 'what to check', required: true, several: true, completed: 'file' }],
  flags,
  examples: [
    { about: 'A folder, before it is merged', line: 'validate catalog/' },
    { about: 'For the code scanning of GitHub', line: 'validate catalog/ -o sarif > validate.sarif' },
    { about: 'For the test reports of GitLab, warnings too', line: 'validate catalog/ -o junit --fail-on warning > validate.xml' },
  ],
  verdict: true,
  load: async () => (await import('./run.ts')).runValidate,
});
