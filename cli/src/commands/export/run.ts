import { stat } from 'node:fs/promises';
import { writeArchive, type Files } from '../../archive/archive.ts';
import { EXPORTED, type About } from '../../archive/export-file.ts';
import { jsonText } from '../../output/format.ts';
import { counted } from '../../output/counted.ts';
import { manifestText } from '../../output/manifests.ts';
import { replaceFile } from '../../output/replace-file.ts';
import type { Run } from '../../program/command.ts';
import { Failure, misuse, sentenceOf } from '../../program/failure.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { openTarget, type Target } from '../../registry/target.ts';
import type { Session } from '../../terminal/session.ts';
import { VERSION } from '../../version.ts';
import { manifestsOf } from './manifests.ts';
import type { flags as flagSpecs } from './command.ts';

/** The data of a registry may be confidential. */
const PRIVATE = 0o600;

/** Saves a registry in one archive. */
export const runExport: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  if (flags['output-file'] === '-' && session.terminal.out)
    throw misuse('an archive cannot be shown on a terminal', 'name a file, or pipe it to another program');
  await using target = await openTarget(registry, flags, session);
  const file = flags['output-file'] ?? `${registry ?? 'registry'}.tar.gz`;
  const missing: string[] = [];
  const files = await filesOf(target, missing, session);
  const archive = await writeArchive(files, session.now());
  for (const one of missing) session.say(`warning: ${one}`);
  if (file === '-') {
    await session.write(archive);
    return missing.length === 0 ? 0 : 1;
  }
  const isThere = (await stat(file).catch(() => undefined)) !== undefined;
  if (missing.length > 0 && isThere)
    throw new Failure(`${file} was left as it is: this export is incomplete`, {
      remedy: 'name another file with --output-file to keep it anyway',
    });
  await replaceFile(file, archive, PRIVATE);
  if (!flags.quiet) session.say(`${target.client.label}: ${counted(files.size, 'file')}, ${archive.length} bytes in ${file}`);
  return missing.length === 0 ? 0 : 1;
};

/** Everything that can be fetched. What cannot is listed in `missing`, and does not keep the rest from being saved. */
async function filesOf(target: Target, missing: string[], session: Session): Promise<Files> {
  const { client } = target;
  const files = new Map<string, Uint8Array>();
  const add = async (name: string, read: () => Promise<Uint8Array | string>): Promise<void> => {
    try {
      files.set(name, Buffer.from(await read()));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      missing.push(`${name} is not in the archive: ${sentenceOf(error)}`);
    }
  };
  const { inCluster } = target;
  const about = await aboutOf(target, session);
  await add(EXPORTED.about, async () => jsonText(about));
  if (inCluster !== undefined)
    await add(EXPORTED.manifest, async () => manifestText('yaml', await manifestsOf(inCluster, missing, session)));
  await add(EXPORTED.catalog, () => client.file('upstream'));
  await add(EXPORTED.lastGood, () => client.lastGood());
  await add(EXPORTED.status, async () => jsonText((await client.status())?.document));
  await add(EXPORTED.history, async () => jsonText(await client.history()));
  await add(EXPORTED.report, () => reportOf(client));
  return files;
}

async function aboutOf({ client, inCluster }: Target, { now }: Session): Promise<About> {
  const head = { form: 1, exportedAt: new Date(now()).toISOString(), version: VERSION } as const;
  if (inCluster !== undefined) {
    const { name, namespace = inCluster.cluster.namespace } = inCluster.object.metadata;
    return { ...head, registry: { name, namespace } };
  }
  const answer = await client.status();
  if (answer === undefined) throw new Failure(`${client.label} reports no status`);
  return { ...head, registry: answer.document.registry };
}

async function reportOf(client: RegistryClient): Promise<string> {
  const findings: unknown[] = [];
  for await (const page of client.report()) findings.push(...page.findings);
  return jsonText({ findings });
}
