import { shellQuote } from '@toolhive-registry/catalog/clients';
import { apiVersions, groups, isObject, kind, parseMCPRegistry } from '@toolhive-registry/api';
import { assemble, type Reading } from './assemble.ts';
import { readConfigYaml } from './config-yaml.ts';
import { detectEra } from './era.ts';
import { createLedger, textOf, type Field, type Ledger } from './field.ts';
import { metadataOf, type Metadata } from './metadata.ts';
import { plain } from '../manifest/plain.ts';
import { readRegistries, readSingle, readSources } from './typed.ts';
import { NOTHING_TO_DO, type Era, type Migration, type MigrateOptions, type Note } from './types.ts';

/**
 * Makes registries of ours of one manifest of ToolHive's MCPRegistry, of whatever era. Every field of it is in a registry or in a note. Never throws:
 * what cannot be read is a note as well.
 */
export function migrate(manifest: unknown, options: MigrateOptions = {}): Migration {
  const copy = plain(manifest);
  if (!copy.ok) return refused({ path: '', message: `the manifest ${copy.problem}`, remedy: copy.remedy });
  const { value } = copy;
  if (!isObject(value) || value['kind'] !== kind) {
    return refused({ path: 'kind', message: `is not ${kind}`, remedy: `write apiVersion: ${apiVersions[1]} and kind: ${kind}` });
  }
  const ledger = createLedger();
  const root = ledger.open(value, '');
  root.get('kind')?.take();
  root.get('status')?.note('dropped', 'is written by the controller', NOTHING_TO_DO);
  const metadata = metadataOf(root.get('metadata'), ledger);
  const era = detectEra(value);
  const spec = root.get('spec');
  const reading = spec === undefined ? undefined : read(era, spec, metadata, ledger);
  if (reading === undefined) {
    const message = 'has no sources, so there is nothing to carry over';
    root.get('apiVersion')?.take();
    (spec ?? root).note('todo', message, 'write spec.configYAML, spec.sources or spec.source');
    return { era, from: nameOf(metadata), appliesUnchanged: false, registries: [], companions: [], notes: ledger.notes() };
  }
  const { registries, companions, notes } = assemble(reading, metadata, options);
  for (const note of notes) ledger.note(note);
  const [target] = registries;
  noteApiVersion(
    root.get('apiVersion'),
    metadata,
    ledger,
    target?.apiVersion,
    registries.some((one) => one.metadata.name === metadata.name),
  );
  return {
    era,
    from: nameOf(metadata),
    appliesUnchanged: parseMCPRegistry(value).ok,
    registries,
    companions,
    notes: ledger.notes(),
  };
}

function read(era: Era | undefined, spec: Field, metadata: Metadata, ledger: Ledger): Reading | undefined {
  switch (era) {
    case 'source':
    case 'current':
      return readSingle(spec, metadata);
    case 'registries':
      return readRegistries(spec, metadata, ledger);
    case 'sources':
      return readSources(spec, metadata, ledger);
    case 'configYAML':
      return readConfigYaml(spec, metadata, ledger);
    default:
      return undefined;
  }
}

/** In one namespace the objects of ToolHive's registry and ours have the same names. */
function noteApiVersion(field: Field | undefined, metadata: Metadata, ledger: Ledger, target: string | undefined, sameName: boolean): void {
  const before = textOf(field);
  if (before === target || target === undefined) return;
  const isOtherGroup = before?.split('/', 1)[0] === groups[0] && !target.startsWith(`${groups[0]}/`);
  if (!isOtherGroup || !sameName) {
    ledger.note({ level: 'changed', path: 'apiVersion', message: `is ${target}`, remedy: NOTHING_TO_DO });
    return;
  }
  const where = metadata.namespace === undefined ? '' : ` --namespace ${shellQuote(metadata.namespace)}`;
  ledger.note({
    level: 'todo',
    path: 'apiVersion',
    message: `changed to ${target}; both registries call their Deployment and Service ${metadata.name}-api, so the new one starts only after the old one is deleted`,
    remedy: 'apply this one, then delete that one',
    command: `kubectl delete mcpregistries.${groups[0]} ${shellQuote(metadata.name)}${where}`,
  });
}

function nameOf({ name, namespace }: Metadata): string {
  return name === '' ? `an ${kind} without a name` : `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function refused(note: Omit<Note, 'level'>): Migration {
  return {
    era: undefined,
    from: 'a document',
    appliesUnchanged: false,
    registries: [],
    companions: [],
    notes: [{ level: 'todo', ...note }],
  };
}
