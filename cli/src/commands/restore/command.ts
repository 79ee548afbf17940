import { command } from '../../program/command.ts';
import { CLUSTER_FLAGS, QUIET_FLAG, WAIT_FLAGS, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  into: {
    kind: 'text',
    placeholder: 'DIR',
    help: 'unpack it for "serve" without a cluster, with last good data and history',
    completed: 'file',
  },
  'from-catalog': {
    kind: 'switch',
    help: 'serve the catalog of the archive from a ConfigMap instead of reading the sources, if they are lost',
  },
  'dry-run': { kind: 'switch', help: 'validate on the API server without changing anything' },
  ...WAIT_FLAGS,
  ...QUIET_FLAG,
  ...CLUSTER_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Restores a registry. */
export const restore = command({
  name: 'restore',
  summary: 'bring a registry back from the archive of "export"',
  details:
    'In a cluster it creates the MCPRegistry and the ConfigMaps that it reads, unless they already exist; its pods then read the sources.\n' +
    'Nothing that exists is changed. Last good data and history come back only with --into: in a cluster, pods get these from one another.',
  args: [{ name: 'ARCHIVE', help: 'file that export wrote, or - for standard input', required: true, completed: 'file' }],
  flags,
  examples: [
    { about: 'Into its original namespace', line: 'restore production.tar.gz --wait' },
    { about: 'When its sources are lost', line: 'restore production.tar.gz --namespace rescue --from-catalog --wait' },
    { about: 'On a laptop, with its history', line: 'restore production.tar.gz --into ./production' },
  ],
  load: async () => (await import('./run.ts')).runRestore,
});
