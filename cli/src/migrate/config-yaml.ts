import { isObject } from '@toolhive-registry/api';
import type { Reading } from './assemble.ts';
import type { Field, Ledger } from './field.ts';
import { filterOf, GLOBS, type Globs } from './filter.ts';
import type { MountUse } from './location.ts';
import type { Metadata } from './metadata.ts';
import { mountsOf, resolveFile, type Mount } from './mounts.ts';
import { readYaml } from '../manifest/plain.ts';
import { podTemplateOf } from './pod-template.ts';
import { syncPolicyOf } from './schedule.ts';
import { sourceOf, sourcesOf, type SourceRules } from './source.ts';
import { commonOf, noteAddresses, viewsOf } from './typed.ts';
import { compact, NOTHING_TO_DO, type NoteLevel } from './types.ts';
import { dropAudit, dropAuth, dropDatabase, dropFileStorage, dropPgpass, dropTelemetry } from './without-counterpart.ts';

/** How the registry server checks out: a commit before a branch before a tag (stacklok/toolhive-registry-server, internal/git/client.go). */
const REFS = ['commit', 'branch', 'tag'] as const;

/**
 * Reads `configYAML`, the configuration of ToolHive's registry server (stacklok/toolhive-registry-server, internal/config/config.go), in each of its
 * forms: `sources` with views in `registries` of today, `registries` with a source in each of November 2025, one `source` of October 2025.
 */
export function readConfigYaml(spec: Field, metadata: Metadata, ledger: Ledger): Reading {
  const used = new Map<string, Use>();
  const template = spec.get('podTemplateSpec')?.get('spec');
  const server = template
    ?.get('containers')
    ?.items()
    .find((container) => container.get('name')?.value === 'registry-api');
  const mounts = [
    ...mountsOf(spec.get('volumeMounts'), spec.get('volumes'), 'spec'),
    ...mountsOf(server?.get('volumeMounts'), template?.get('volumes'), 'podTemplateSpec'),
  ];
  const rules: SourceRules = {
    object: metadata,
    mounts,
    refs: REFS,
    globs: GLOBS.today,
    declaredFormat: false,
    // Mounted again for one source, it stays even if others name its object.
    uses: ({ field }, use) => void used.set(field.path, used.get(field.path) === 'carried' ? 'carried' : use),
  };
  const config = configOf(spec.get('configYAML'), ledger);
  const reading = config === undefined ? { views: [], single: false, spec: {} } : readConfig(config, rules, metadata, ledger);
  for (const { field } of filesOf(config?.get('auth'), mounts)) if (!used.has(field.path)) used.set(field.path, 'auth');
  dropPgpass(spec.get('pgpassSecretRef'));
  noteMounts(spec, mounts, used);
  return {
    ...reading,
    spec: { ...commonOf(spec), ...reading.spec },
    podTemplate: podTemplateOf(spec.get('podTemplateSpec')),
  };
}

/** The configuration in the text. Its reader, viper, takes keys in any letters. */
function configOf(field: Field | undefined, ledger: Ledger): Field | undefined {
  const text = typeof field?.value === 'string' ? field.value : undefined;
  if (field === undefined || text === undefined) return undefined;
  const parsed = readYaml(text);
  if (!parsed.ok) {
    field.take();
    ledger.note({ level: 'todo', path: field.path, message: parsed.problem, remedy: parsed.remedy });
    return undefined;
  }
  field.take();
  const [document] = parsed.value;
  if (!isObject(document)) {
    ledger.note({ level: 'todo', path: field.path, message: 'is not a configuration', remedy: 'write one with sources and registries' });
    return undefined;
  }
  return ledger.open(document, field.path, { ignoreCase: true });
}

function readConfig(config: Field, rules: SourceRules, metadata: Metadata, ledger: Ledger): Omit<Reading, 'podTemplate'> {
  dropDatabase(config.get('database'));
  dropAuth(config.get('auth'));
  dropTelemetry(config.get('telemetry'));
  dropAudit(config.get('audit'));
  dropFileStorage(config.get('fileStorage'));
  config.get('registryName')?.note('dropped', 'the name of a registry is metadata.name here', NOTHING_TO_DO);
  const [sources, registries, single] = [config.get('sources'), config.get('registries'), config.get('source')];
  if (sources !== undefined) {
    const drafts = sourcesOf(sources, rules);
    return { views: viewsOf(registries, sources, drafts, ledger), spec: {}, single: false };
  }
  // The older forms had patterns of the other kind, and a format that was believed.
  const older = (globs: Globs): SourceRules => ({ ...rules, globs, declaredFormat: true });
  if (registries !== undefined) {
    const drafts = sourcesOf(registries, older(GLOBS.winter2025));
    noteAddresses(drafts, registries.path, metadata, ledger);
    return { views: [{ path: registries.path, sources: drafts }], spec: {}, single: false };
  }
  const only = single === undefined ? undefined : sourceOf(single, older(GLOBS.autumn2025), new Set());
  return {
    views: [{ path: config.path, sources: only === undefined ? [] : [only] }],
    spec: compact({ syncPolicy: syncPolicyOf(config.get('syncPolicy')), filter: filterOf(config.get('filter'), GLOBS.autumn2025) }),
    single: true,
  };
}

/** Mounts that files named somewhere in a block come from. */
function filesOf(block: Field | undefined, mounts: readonly Mount[]): Mount[] {
  if (block === undefined) return [];
  if (typeof block.value === 'string' && block.value.startsWith('/')) {
    const resolved = resolveFile(block.value, mounts);
    return resolved.kind === 'unknown' ? [] : [resolved.mount];
  }
  return [...block.items(), ...block.members().map(([, member]) => member)].flatMap((field) => filesOf(field, mounts));
}

/** What a mount and its volume were for. */
type Use = MountUse | 'auth' | 'unused';

/** What becomes of a volume, by what it was for. */
const OUTCOMES: Readonly<Record<Use, readonly [level: NoteLevel, message: string, remedy: string]>> = {
  carried: ['changed', 'is mounted by podTemplateSpec', NOTHING_TO_DO],
  named: ['dropped', 'need not be mounted, since the source names the object itself', NOTHING_TO_DO],
  auth: ['dropped', 'is for auth only, which is not read here', NOTHING_TO_DO],
  unused: [
    'todo',
    'is left out: no source names a file in it',
    'if it holds certificates for a source, name the ConfigMap or Secret in tls of the source; mount anything else with podTemplateSpec',
  ],
};
/** What a volume is for that is mounted several times. */
const PRECEDENCE = Object.keys(OUTCOMES) as readonly Use[];

/** Says of `volumes` and `volumeMounts` what became of them. Those of the pod template are its own. */
function noteMounts(spec: Field, mounts: readonly Mount[], used: ReadonlyMap<string, Use>): void {
  for (const volume of spec.get('volumes')?.items() ?? []) {
    const own = mounts.filter((mount) => mount.of === 'spec' && mount.volume.path === volume.path).map(({ field }) => field);
    const uses = own.map((mount) => used.get(mount.path) ?? 'unused');
    const [level, message, remedy] = OUTCOMES[PRECEDENCE.find((use) => uses.includes(use)) ?? 'unused'];
    const name = volume.get('name')?.value;
    const where = own.length === 0 ? '' : ` (${own.map(({ path }) => path).join(', ')})`;
    volume.note(level, `volume ${typeof name === 'string' ? name : ''}${where} ${message}`, remedy);
    for (const mount of own) mount.take();
  }
}
