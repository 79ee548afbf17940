import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { anchorOf } from './anchors.ts';

const root = resolve(import.meta.dirname, '..');
const files = globSync('**/*.md', { cwd: root, exclude: (name) => /(^|\/)(node_modules|dist|\.git|\.data|\.cache)$/.test(name) });

interface Block {
  readonly info: string;
  readonly text: string;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({ info, text }));
}

function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)];
  return new Set(headings.map(([, heading = '']) => anchorOf(heading)));
}

/** The repository's own files, as texts name them that are shown elsewhere: the chart's README on Artifact Hub, that of the package at npm. */
const OWN_FILES = 'https://github.com/toolhive-registry/toolhive-registry/blob/main/';

describe('links', () => {
  test.each(files)('%s', (file) => {
    const prose = read(file)
      .replaceAll(/^```[\s\S]*?^```$/gm, '')
      .replaceAll(/`[^`\n]*`/g, '');
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => target.startsWith(OWN_FILES) || !/^[a-z]+:/.test(target));
    const broken = links.filter((target) => {
      const [path = '', anchor] = target.replace(OWN_FILES, `${root}/`).split('#');
      const linked = path === '' ? join(root, file) : resolve(root, dirname(file), path);
      return !existsSync(linked) || (anchor !== undefined && !anchorsOf(read(relative(root, linked))).has(anchor));
    });
    expect(broken).toEqual([]);
  });
});

/**
 * Blocks marked `sh run` are run as they stand, one after the other, in a folder that looks like the repository; `sh run background` is left running
 * until its address answers. `make run` counts as running on 127.0.0.1:8080; both addresses are replaced by free ones. A `text` block behind a
 * command is what it prints: every line has to occur.
 */
const runnable = files.filter((file) => blocksOf(read(file)).some(({ info }) => info.startsWith('sh run')));
const curl = spawnSync('curl', ['--version']).error === undefined;
if (!curl && process.env['CI'] === 'true') throw new Error('curl is missing: in CI no suite may be left out');

(curl ? describe : describe.skip).each(runnable)('commands of %s', (file) => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const background: ChildProcess[] = [];
  const addresses = new Map<string, string>();

  const start = async (command: string, address: string): Promise<void> => {
    const child = spawn('bash', ['-c', `exec ${command}`], { cwd: folder, stdio: 'ignore', detached: true });
    background.push(child);
    const ready = `curl -sf --retry 50 --retry-connrefused --retry-delay 0 --retry-max-time 15 -o /dev/null http://${address}/readiness`;
    expect(spawnSync('bash', ['-c', ready]).status).toBe(0);
  };
  const placed = (text: string): string => [...addresses].reduce((placedText, [from, to]) => placedText.replaceAll(from, to), text);

  beforeAll(async () => {
    for (const name of readdirSync(root)) if (!name.startsWith('.')) symlinkSync(join(root, name), join(folder, name));
    for (const address of ['127.0.0.1:8080', '127.0.0.1:8090']) addresses.set(address, `127.0.0.1:${await freePort()}`);
    const address = placed('127.0.0.1:8080');
    await start(
      `node registry-server/src/main.ts --config examples/quickstart.yaml --storage-path quickstart-data --address ${address}`,
      address,
    );
  });

  afterAll(async () => {
    for (const child of background) {
      const gone = new Promise((done) => child.once('exit', done));
      // The whole group: npm does not pass the signal on to what it runs.
      if (child.exitCode === null && child.pid !== undefined && process.kill(-child.pid)) await gone;
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  test('run, and print what the text says', async () => {
    const blocks = blocksOf(read(file));
    for (const [index, { info, text }] of blocks.entries()) {
      if (info === 'sh run background') await start(placed(text), placed('127.0.0.1:8090'));
      if (info !== 'sh run') continue;
      const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', placed(text)], {
        cwd: folder,
        encoding: 'utf8',
        // Behind a pipe of Node's bash may take itself for the shell of a remote login, and read the machine's bashrc.
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      // Notes of the command line stand beside the result.
      expect({ text, status, stderr: stderr.replaceAll(/^note: .*\n/gm, '') }).toEqual({ text, status: 0, stderr: '' });
      const shown = blocks[index + 1];
      const expected =
        shown?.info === 'text'
          ? placed(shown.text)
              .split('\n')
              .map((line) => line.trim())
          : [];
      expect(expected.filter((line) => !stdout.includes(line)).map((line) => `${line} is not in: ${stdout}`)).toEqual([]);
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
