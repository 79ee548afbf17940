import { labels } from '@toolhive-registry/api';
import { isObjectName, kubernetesManifest } from '@toolhive-registry/catalog/manifests';
import type { JsonObject } from '@toolhive-registry/catalog/entry';
import { manifestText } from '../../output/manifests.ts';
import type { Run } from '../../program/command.ts';
import { clause, Failure, misuse } from '../../program/failure.ts';
import { answersOf, checkAnswers } from '../../registry/answers.ts';
import { documentOf } from '../../registry/client.ts';
import { findServer, versionOf } from '../../registry/find-server.ts';
import { serverPath } from '../../registry/server-path.ts';
import { openTarget, type Target } from '../../registry/target.ts';
import { printable } from '../../terminal/printable.ts';
import type { Flags, flags as flagSpecs } from './command.ts';

/** Prints the manifest of a server. */
export const runTemplate: Run<typeof flagSpecs> = async ({ args: [subject], flags }, session) => {
  const { registry, server } = serverPath(subject, flags.url);
  if (server === undefined || server === '') throw misuse('no server is named', 'write REGISTRY/SERVER');
  checkName(flags);
  const answers = answersOf(flags.set);
  await using target = await openTarget(registry, flags, session);
  const item = versionOf(await findServer(target.client, server), flags.version, target.client);
  const made = kubernetesManifest(item.server as JsonObject, {
    kind: flags.kind ?? 'toolhive',
    registry: await nameOf(target),
    labels,
    answers,
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.into === undefined ? {} : { namespace: flags.into }),
    ...(flags.target === undefined ? {} : { target: flags.target }),
  });
  if (!made.available) {
    const exitCode = flags.target !== undefined && made.reason === 'nothing' ? 2 : 1;
    throw new Failure(clause(made.message), { remedy: clause(made.remedy), exitCode });
  }
  checkAnswers(
    answers,
    made.inputs.map(({ key }) => key),
  );
  await session.write(manifestText(flags.output ?? 'yaml', made.manifests));
  for (const warning of made.warnings) session.say(`warning: ${printable(warning)}`);
  for (const { about, text } of made.preparations) session.say(`first: ${printable(about)}\n  ${printable(text)}`);
  return 0;
};

function checkName({ name }: Flags): void {
  if (name !== undefined && !isObjectName(name))
    throw misuse(`--name is "${name}"`, 'use up to 52 lower-case letters, digits and dashes, with a letter first and no dash at the end');
}

/** Whose catalog it is, as labels say it. */
async function nameOf({ client, inCluster }: Target): Promise<{ name: string; namespace: string }> {
  if (inCluster !== undefined) {
    const { name, namespace = 'default' } = inCluster.object.metadata;
    return { name, namespace };
  }
  const document = await documentOf(client);
  const { name = 'registry', namespace = 'default' } = document?.registry ?? {};
  return { name, namespace };
}
