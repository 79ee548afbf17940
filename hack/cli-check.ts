/**
 * `make cli-check`: builds the command line in all forms in which it is installed, installs them in a clean folder, and runs them there.
 * Last line: "N passed, N failed".
 */
import { assetsDir } from '@toolhive-registry/testenv';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { load } from 'js-yaml';
import { ROOT } from './build/options.ts';
import { checks } from './checks.ts';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'cli-check-'));
const below = (name: string): string => join(folder, name);
const [made, again] = [below('made/cli'), below('again/cli')];
const [home, installed, krew] = [below('home'), below('installed'), below('krew')];
/** The link that Krew creates. */
const plugin = below('kubectl-mcpregistry');
const bin = join(installed, 'node_modules/.bin');
/** kubectl is beside the API server for tests, or on the PATH. */
const path = [bin, dirname(process.execPath), process.env['PATH'], assetsDir()].filter((one) => one !== undefined).join(delimiter);
const env = { PATH: path, HOME: home };
const { check, end } = checks();

/** Throws where two things are not the same. */
function same(what: string, found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what} is ${a}, not ${b}`);
}

async function prints(text: string, file: string, ...args: string[]): Promise<void> {
  const { stdout } = await run(file, args, { env, cwd: installed });
  if (!stdout.includes(text)) throw new Error(`${file} ${args.join(' ')} prints no "${text}":\n${stdout}`);
}

await check('the same sources give the same bytes', async () => {
  for (const target of [made, again]) await run(process.execPath, [join(ROOT, 'hack/cli-package.ts'), dirname(target)]);
  const files = (await readdir(made, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const one = join(parentPath, name);
    if (!(await readFile(one)).equals(await readFile(one.replace(made, again))))
      throw new Error(`${one} has different bytes the second time`);
  }
});

const manifest = async (): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(made, 'package/package.json'), 'utf8')) as Record<string, unknown>;

await check('the package has no dependencies, runs nothing when it is installed, and has its licenses', async () => {
  const fields = Object.keys(await manifest());
  same(
    'what it must not contain',
    fields.filter((field) => /dependencies|scripts|workspaces|private/i.test(field)),
    [],
  );
  const files = await readdir(join(made, 'package'));
  same('its list of files', files.sort(), ['LICENSE', 'NOTICE', 'README.md', 'THIRD-PARTY-LICENSES', 'bin', 'lib', 'package.json']);
});

await check('it installs in an empty folder, without a registry', async () => {
  for (const one of [home, installed, krew]) await mkdir(one);
  const archive = join(made, `toolhive-registry-${String((await manifest())['version'])}.tgz`);
  await run('npm', ['install', archive, '--offline', '--no-audit', '--no-fund'], { cwd: installed, env });
  same(
    'what was installed',
    (await readdir(join(installed, 'node_modules'))).filter((name) => !name.startsWith('.')),
    ['toolhive-registry'],
  );
  same('the commands', (await readdir(bin)).sort(), ['kubectl-mcpregistry', 'kubectl_complete-mcpregistry', 'toolhive-registry']);
});

await check('npx and the shell find it', async () => {
  await prints('Usage: toolhive-registry COMMAND', 'npx', '--offline', 'toolhive-registry', '--help');
  await prints('Client: ', 'toolhive-registry', 'version', '--client');
});

await check("Krew's archive is what its manifest says", async () => {
  const archive = await readFile(join(made, 'krew/kubectl-mcpregistry.tar.gz'));
  const { spec } = load(await readFile(join(made, 'krew/mcpregistry.yaml'), 'utf8')) as {
    readonly spec: { readonly version: string; readonly platforms: readonly { readonly sha256: string; readonly bin: string }[] };
  };
  same('the version', spec.version, `v${String((await manifest())['version'])}`);
  await run('tar', ['-xzf', join(made, 'krew/kubectl-mcpregistry.tar.gz'), '-C', krew]);
  for (const { sha256, bin: program } of spec.platforms) {
    same('its hash', sha256, createHash('sha256').update(archive).digest('hex'));
    await symlink(join(krew, program), plugin);
    await prints('Usage: kubectl mcpregistry COMMAND', plugin, '--help');
  }
});

if (path.split(delimiter).some((place) => existsSync(join(place, 'kubectl'))) || process.env['CI'] === 'true')
  await check('kubectl has it as a plugin', async () => {
    await prints(join(bin, 'kubectl-mcpregistry'), 'kubectl', 'plugin', 'list');
    await prints('Usage: kubectl mcpregistry list', 'kubectl', 'mcpregistry', 'list', '--help');
  });
else console.log('Left out: the plugin as kubectl calls it. Put kubectl on the PATH, or run "make cluster-build" once.');

for (const program of [join(bin, 'toolhive-registry'), join(made, 'toolhive-registry.cjs'), plugin]) {
  await check(`${program.replace(`${folder}/`, '')} serves the quick start until SIGTERM`, async () => {
    const config = join(ROOT, 'examples/quickstart.yaml');
    const server = spawn(program, ['serve', '--config', config, '--address', '127.0.0.1:0', '--storage-path', join(home, 'data')], {
      env,
      cwd: installed,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const exit = new Promise<number | null>((resolve) => server.once('exit', resolve));
    try {
      const url = await addressIn(server.stderr);
      while ((await fetch(`${url}/readiness`)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
      await prints('io.github.stacklok/fetch\n', program, 'list', '--url', url, '-o', 'name');
      server.kill('SIGTERM');
      same('its exit code', await exit, 0);
    } finally {
      server.kill('SIGKILL');
    }
  });
}

await check('nothing was left in the home folder but what was asked for', async () => {
  same(
    'what is there',
    (await readdir(home)).filter((name) => name !== '.npm'),
    ['data'],
  );
});

await rm(folder, { recursive: true, force: true });
process.exitCode = end();

/** The address that the server's log names. */
async function addressIn(log: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(log)) {
    const [, url] = /"url":"([^"]+)"/.exec(line) ?? [];
    if (url !== undefined) {
      log.resume();
      return url;
    }
  }
  throw new Error('the server ended without naming its address');
}
