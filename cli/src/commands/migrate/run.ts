import { version, type MCPRegistryInput } from '@toolhive-registry/api';
import { readManifests } from '../../manifest/read-manifests.ts';
import { migrateObjects, migrateTexts, writeMigrations, type Migrations, type Note } from '../../migrate/index.ts';
import { shownOn } from '../../output/format.ts';
import { counted } from '../../output/counted.ts';
import type { Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import { toolhiveRegistries } from './in-cluster.ts';
import type { Flags, flags as flagSpecs } from './command.ts';

/** Prints ours for ToolHive's. */
export const runMigrate: Run<typeof flagSpecs> = async ({ flags }, session) => {
  if (flags.filename.length > 0 && flags['all-namespaces'])
    throw misuse('--filename and --all-namespaces exclude each other', 'leave one of them out');
  const found = await migrated(flags, session);
  if (found.migrations.length === 0) {
    for (const { path, message } of found.notes) session.say(`note: ${printable(`${path}: ${message}`)}`);
    throw misuse('the input contains no MCPRegistry of ToolHive', 'name manifests with --filename, or a namespace that has one');
  }
  await session.write(shownOn(session.terminal, writeMigrations(found)));
  const unread = todosIn(found.notes);
  const todo = unread + todosIn(found.migrations.flatMap(({ notes }) => notes));
  if (!flags.quiet) {
    const registries = found.migrations.reduce((sum, one) => sum + one.registries.length, 0);
    session.say(
      `${counted(found.migrations.length, 'manifest')} read, ${counted(registries, 'registry', 'registries')} written; ` +
        (todo === 0 ? 'nothing remains to be done by hand' : `${counted(todo, 'thing')} to do by hand: see the comments with "todo"`),
    );
  }
  // What cannot be read may have had a registry.
  return unread > 0 || (flags.strict && todo > 0) ? 1 : 0;
};

function todosIn(notes: readonly Note[]): number {
  return notes.filter(({ level }) => level === 'todo').length;
}

async function migrated(flags: Flags, session: Session): Promise<Migrations> {
  const options =
    flags.group === undefined ? {} : { apiVersion: `${flags.group}/${version}` as NonNullable<MCPRegistryInput['apiVersion']> };
  if (flags.filename.length === 0) return migrateObjects(await toolhiveRegistries(flags, session), options);
  return migrateTexts(await readManifests(flags.filename, flags, session), options);
}
