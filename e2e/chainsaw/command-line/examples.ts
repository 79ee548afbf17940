/**
 * Runs every example of the command line's help in the cluster of KUBECONFIG, as its reader would: in a folder with the files that examples name, with the
 * registries that they name, and one without a cluster on http://127.0.0.1:8080. Prints what failed; the exit code is 1 then.
 * Usage: node examples.ts NAMESPACE
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../../../cli/src/commands/all.ts';
import { PROGRAM } from '../../../cli/src/program/names.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const built = join(root, 'dist/cli/toolhive-registry.cjs');
const [namespace = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'cli-examples-'));

/** Longest that an example may take, in milliseconds. */
const LIMIT_MS = 120_000;

/** Exit code of a watch that is ended by SIGINT. */
const INTERRUPTED = 130;
/** How long a watch is watched, in seconds. */
const WATCHED_S = 5;

/** An image of the catalog. */
const FETCH = 'ghcr.io/stackloklabs/gofetch/server:1.0.1';

/** Exit codes other than 0 that are expected: the example found something. */
const CODES: Readonly<Record<string, readonly number[]>> = {
  'explain production ghcr.io/example/fetch:1.2': [1],
  'explain production npm:@modelcontextprotocol/server-github': [1],
  'diff mcpregistry/production mcpregistry/staging --exit-code': [1],
  // The kind is ours in this cluster.
  'migrate --all-namespaces > registries.yaml': [1],
  // They look at registries of suites that run at the same time, too, which may be broken on purpose.
  doctor: [0, 1],
  [`doctor -o jsonpath='{range .findings[?(@.state=="problem")]}{.remedy}{"\\n"}{end}'`]: [0, 1],
};

/** The files that readers of an example have, and the program. */
function files(): void {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', PROGRAM), `#!/bin/sh\nexec "${process.execPath}" "${built}" "$@"\n`, { mode: 0o755 });
  const catalog = join(root, 'catalog/testdata/toolhive-legacy-2025-10-22.json');
  for (const name of ['catalog.json', 'main.json', 'catalog/catalog.json']) {
    mkdirSync(join(folder, 'catalog'), { recursive: true });
    copyFileSync(catalog, join(folder, name));
  }
  writeFileSync(
    join(folder, 'claude_desktop_config.json'),
    JSON.stringify({ mcpServers: { fetch: { command: 'uvx', args: ['mcp-server-fetch'] } } }),
  );
  const server = { apiVersion: 'toolhive.stacklok.dev/v1beta1', kind: 'MCPServer', metadata: { name: 'fetch' }, spec: { image: FETCH } };
  mkdirSync(join(folder, 'deploy'));
  for (const name of ['servers.yaml', 'deploy/servers.yaml']) writeFileSync(join(folder, name), JSON.stringify(server));
  mkdirSync(join(folder, 'manifests'));
  const toolhives = {
    apiVersion: 'toolhive.stacklok.dev/v1beta1',
    kind: 'MCPRegistry',
    metadata: { name: 'old' },
    spec: { configYAML: 'sources:\n  - name: a\n    format: upstream\n    api: {endpoint: "https://example.com"}\nregistries:\n  - {name: default, sources: [a]}\n' },
  };
  writeFileSync(join(folder, 'manifests/old.json'), JSON.stringify(toolhives));
  for (const name of ['.zfunc', '.config/fish/completions', '.local/share/bash-completion/completions']) mkdirSync(join(folder, name), { recursive: true });
}

/** A shell with the program on its PATH. */
function shell(line: string): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: folder, env: environment(), encoding: 'utf8', timeout: LIMIT_MS });
  return { status, said: `${stdout}${stderr}` };
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, HOME: folder, KUBECONFIG: join(folder, 'kubeconfig'), PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
}

/** Runs a command that has to go well for examples to make sense. */
function prepare(line: string): void {
  const { status, said } = shell(line);
  if (status !== 0) throw new Error(`${line}: exit code ${status}\n${said}`);
}

function serveQuickstart(): ChildProcess {
  const args = [built, 'serve', '--config', join(root, 'examples/quickstart.yaml'), '--storage-path', join(folder, 'data'), '--log-level', 'error'];
  return spawn(process.execPath, args, { stdio: 'inherit' });
}

/** What an example needs, and what it leaves behind. */
function around(line: string): { readonly before: string; readonly line: string; readonly watched?: boolean } {
  const remove = `${PROGRAM} remove $1 --wait >/dev/null 2>&1; true`;
  const named = (name: string): string => remove.replace('$1', name);
  if (line.startsWith('add ')) return { before: `${named('team')}; ${named('community')}`, line };
  if (/^(?:set|remove) team|--registry team/.test(line)) return { before: `${named('team')}; ${PROGRAM} add team --from-file catalog.json --wait`, line };
  if (line.startsWith('restore')) {
    const save = `${PROGRAM} export production --output-file production.tar.gz`;
    const rescue = line.includes('rescue') ? `; kubectl create namespace rescue-${namespace} >/dev/null` : `; ${named('production')}`;
    return { before: `${save}${line.includes('--into') ? '' : rescue}`, line: line.replace('--namespace rescue', `--namespace rescue-${namespace}`) };
  }
  if (line.startsWith('rollback') && line.includes('--to')) {
    const hash = shell(`${PROGRAM} history quickstart --snapshots -o jsonpath='{.snapshots[0].hash}'`).said;
    return { before: 'true', line: line.replace(/--to \w+/, `--to ${hash.slice(0, 8)}`) };
  }
  // Followed until it is interrupted.
  if (line.includes('--watch')) return { before: 'true', watched: true, line };
  return { before: 'true', line };
}

function runAll(): readonly string[] {
  const failed: string[] = [];
  const commands = COMMANDS.groups.flatMap((group) => group.commands).flatMap((command) => ('examples' in command ? command.examples : []));
  for (const { line: example } of commands) {
    const { before, line, watched } = around(example);
    prepare(before);
    const { status, said } = shell(`${watched === true ? `timeout --preserve-status --signal INT ${WATCHED_S} ` : ''}${PROGRAM} ${line}`);
    const wanted = CODES[example] ?? [watched === true ? INTERRUPTED : 0];
    const isWanted = status !== null && wanted.includes(status);
    console.log(`${isWanted ? 'ok  ' : 'FAIL'} ${example}`);
    if (!isWanted) failed.push(`${example}: exit code ${status}, not ${wanted.join(' or ')}\n${said}`);
  }
  return failed;
}

files();
spawnSync('bash', ['-c', `kubectl config view --raw --minify --flatten > "${join(folder, 'kubeconfig')}"`]);
prepare(`kubectl config set-context --current --namespace "${namespace}" >/dev/null`);
const serving = serveQuickstart();
let failed: readonly string[] = [];
try {
  prepare(`kubectl apply -f "${join(root, 'examples/quickstart.yaml')}"`);
  prepare(`kubectl wait --for=condition=Ready mcpregistry/quickstart --timeout=60s`);
  prepare(`${PROGRAM} add production --from-file catalog.json --source team --wait`);
  prepare(`${PROGRAM} add staging --from-file catalog.json --include-tag database --wait`);
  failed = runAll();
} finally {
  serving.kill('SIGTERM');
  shell(`kubectl delete namespace rescue-${namespace} --wait=false`);
}
for (const one of failed) console.error(one);
process.exitCode = failed.length === 0 ? 0 : 1;
