import { parseArgs } from 'node:util';

/** The parts of the bench, in the order in which they run. */
export const PARTS = [
  'server',
  'cli',
  'page',
  'list',
  'search',
  'sources',
  'large',
  'formats',
  'controller',
  'failover',
  'status',
  'enforcement',
  'scale',
  'install',
  'served',
  'newcomer',
] as const;
export type Part = (typeof PARTS)[number];

/** The options of the bench. */
export interface BenchOptions {
  readonly parts: readonly Part[];
  /** Where the figures go as JSON. */
  readonly json?: string;
}

const help = `Usage: node bench/main.ts [--only ${PARTS.join('|')}] [--json FILE]

Measures the bundled programs against their targets. Linux only: memory is read from /proc. Takes about half an hour.

  server       start and resident memory with the quick start's 88 servers
  cli          calls of the command line, as a package and as one file: --help, and a list of 88 servers
  page         the page in Chromium: first view on a slow machine, its bytes, interactions with 75,000 entries
  list         throughput of lists, one version, 304 and new pages, against a bare node:http server; what junk questions cost
  search       search and q over 75,000 entries: times by themselves and over HTTP, stalls, the index
  sources      an edit beside a hanging, a failing and a 76 MB source, and what a poll of the unchanged one reads
  large        75,000 versions in 512 MiB of memory: a changed sync, answers meanwhile, memory afterwards, restart
  formats      reading and writing each format, beside JSON.parse and JSON.stringify of the same bytes
  controller   100 MCPRegistries on a real API server and etcd: time, writes, idle writes, resident memory
  failover     an edit after the API server was away, after the leader was killed, and after it was asked to exit
  status       a sync of one of 1,000 registries, and of all of them, until the status shows it; idle writes
  enforcement  what the admission policies add to a request, with 8,000 allowed references
  scale        500 and 1,000 MCPRegistries at once; 1,000 of them idle, at a restart, and edited; resident memory
  install      helm install in the test cluster until the first registry is ready
  served       edits in the test cluster until they are served: 100, after the API server stood still, after the leader was killed
  newcomer     from git clone to the first page and to a registry that is Ready, by the quick start's commands; from a question to its answer

  --only PART   only this part; may be given several times
  --json FILE   write the figures there as well
  --help        this text

Exit code: 0 every target met, 1 one missed or a part failed, 2 wrong usage. Without etcd and kube-apiserver ("make cluster-build", or
KUBEBUILDER_ASSETS) the parts of the controller are left out, without root the large one, without Chromium that of the page, and outside of
the test cluster install and served; newcomer starts that cluster itself. With CI=true what is left out counts as missed.
`;

/** Reads the command line. Throws a TypeError that says what is wrong with it. */
export function readBenchOptions(args: readonly string[]): { readonly help: string } | BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true }, json: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) return { help };
  const wrong = values.only?.find((name) => !PARTS.some((part) => part === name));
  if (wrong !== undefined) throw new TypeError(`--only is "${wrong}"; use ${PARTS.join(', ')}`);
  return {
    parts: PARTS.filter((part) => values.only === undefined || values.only.includes(part)),
    ...(values.json === undefined ? {} : { json: values.json }),
  };
}
