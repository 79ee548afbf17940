import { command } from '../../program/command.ts';
import { CLUSTER_FLAGS, QUIET_FLAG, TARGET_FLAGS, TEXT_FORMS, outputFlag, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  verbose: { kind: 'switch', short: 'v', help: 'also report what is as it should be' },
  'all-namespaces': {
    kind: 'switch',
    short: 'A',
    help: "registries of all namespaces; the default where you may list them, otherwise those of the context's namespace",
  },
  ...QUIET_FLAG,
  ...outputFlag(TEXT_FORMS),
  via: TARGET_FLAGS.via,
  ...CLUSTER_FLAGS,
  namespace: { ...CLUSTER_FLAGS.namespace, help: 'registries of this namespace alone' },
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** What is wrong with an installation. */
export const doctor = command({
  name: 'doctor',
  summary: 'report what is wrong with the installation in a cluster and with its registries, and what to do about it',
  details:
    'It looks at the API server, the CRDs, the controller and its permissions, your own permissions, the admission policies and every registry, and changes nothing. What you may not look at is reported as unknown, with the permission that is missing.\n' +
    'It exits with 0 when there is no problem, and with 1 when there is one; warnings and unknown findings do not count.',
  args: [],
  flags,
  examples: [
    { about: 'The whole cluster', line: 'doctor' },
    { about: 'Registries of one namespace, with everything that is well', line: 'doctor --namespace production --verbose' },
    {
      about: 'What is to be done, for a script',
      line: `doctor -o jsonpath='{range .findings[?(@.state=="problem")]}{.remedy}{"\\n"}{end}'`,
    },
  ],
  verdict: true,
  load: async () => (await import('./run.ts')).runDoctor,
});
