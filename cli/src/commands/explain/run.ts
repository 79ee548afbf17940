import type { RegistryExplain } from '@toolhive-registry/api';
import { outputFormat, structured } from '../../output/format.ts';
import type { Run } from '../../program/command.ts';
import { Failure, misuse } from '../../program/failure.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { findServer } from '../../registry/find-server.ts';
import { rowOf } from '../../registry/server-row.ts';
import { openTarget } from '../../registry/target.ts';
import { printable } from '../../terminal/printable.ts';
import { styleFor, type Style } from '../../terminal/style.ts';
import type { Flags, flags as flagSpecs } from './command.ts';

/** Says whether a registry has something. */
export const runExplain: Run<typeof flagSpecs> = async ({ args, flags }, session) => {
  const format = outputFormat(flags.output);
  // With a URL the only argument is the subject.
  const [registry, subject] = flags.url !== undefined && args.length < 2 ? [undefined, args[0]] : args;
  if (subject === undefined || subject === '') throw misuse('there is nothing to ask about', 'name an image, a URL, a package or a server');
  await using target = await openTarget(registry, flags, session);
  const answer = await ask(target.client, subject, flags);
  await session.write(structured(format, answer, session.terminal) ?? textOf(answer, styleFor(session.terminal.color)));
  return answer.allowed ? 0 : 1;
};

/** Types of packages that are written with a colon. */
const PACKAGE = /^(npm|pypi|nuget|cargo|mcpb):(?!\/\/)(.+)$/;

async function ask(client: RegistryClient, subject: string, { as }: Flags): Promise<RegistryExplain> {
  const found = PACKAGE.exec(subject);
  const isShort = !/[/:@]/.test(subject);
  if (as === 'server' && isShort) return client.explain({ server: (await fullName(client, subject)) ?? subject });
  if (as !== undefined) return client.explain({ [as]: as === 'package' && found !== null ? `${found[1]} ${found[2]}` : subject });
  if (subject.includes('://')) return client.explain({ url: subject });
  if (found !== null) return client.explain({ package: `${found[1]} ${found[2]}` });
  if (isShort) {
    const name = await fullName(client, subject);
    // A name that no server has may be an image, such as `postgres`.
    return client.explain(name === undefined ? { image: subject } : { server: name });
  }
  // Names of servers and of images look alike.
  const server = await client.explain({ server: subject });
  if (server.rule !== 'notInCatalog' && server.rule !== 'notComparable') return server;
  return client.explain({ image: subject });
}

/** The name as the registry takes it here; undefined where no server has the short one. */
async function fullName(client: RegistryClient, short: string): Promise<string | undefined> {
  const [found] = await findServer(client, short).catch(noServer);
  return found === undefined ? undefined : rowOf(found).name;
}

/** Of several servers with one short name the failure says what to do. */
function noServer(error: unknown): [] {
  if (error instanceof Failure && error.exitCode === 1) return [];
  throw error;
}

function textOf({ allowed, rule, sentence, entries }: RegistryExplain, style: Style): string {
  const verdict = allowed ? style.green('in the catalog') : style.red('not in the catalog');
  // The sentence has a single entry, and what may have been meant.
  const lines = (entries.length > 1 ? entries : []).map(({ server, version, source, file, why }) => {
    const place = file === undefined ? `source ${source}` : `source ${source}, file ${file}`;
    return `  ${printable(`${server} ${version} (${place})${why === undefined ? '' : `: ${why}`}`)}\n`;
  });
  return `${verdict} (${printable(rule)}): ${printable(sentence)}\n${lines.join('')}`;
}
