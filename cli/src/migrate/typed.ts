import { serviceAddress, type Reading, type View } from './assemble.ts';
import { textOf, type Field, type Ledger } from './field.ts';
import { filterOf, GLOBS, type Globs } from './filter.ts';
import type { Metadata } from './metadata.ts';
import { sourceLabel } from './names.ts';
import { podTemplateOf } from './pod-template.ts';
import { syncPolicyOf } from './schedule.ts';
import { claimsOf, sourceOf, sourcesOf, type SourceDraft, type SourceRules } from './source.ts';
import { compact, NOTHING_TO_DO, type Fields } from './types.ts';
import { dropAuth, dropDatabase, dropTelemetry } from './without-counterpart.ts';

/** Fields of our spec that are carried over as they are. */
const AS_THEY_ARE = ['format', 'validation', 'enforcementMode', 'replicas', 'env', 'service', 'imagePullSecrets', 'expose'] as const;

/** The operator took a branch before a tag before a commit (stacklok/toolhive, pkg/registryapi/config/config.go). */
const REFS = ['branch', 'tag', 'commit'] as const;

/** Reads one `source`, and a manifest of ours with `sources`, which has the same fields. */
export function readSingle(spec: Field, metadata: Metadata): Reading {
  const single = spec.get('source');
  const globs = single === undefined ? GLOBS.ours : GLOBS.autumn2025;
  const rules = rulesOf(metadata, globs, true);
  const only = single === undefined ? undefined : sourceOf(single, rules, new Set());
  const sources = single === undefined ? sourcesOf(spec.get('sources'), rules) : only === undefined ? [] : [only];
  return {
    views: [{ path: 'spec', sources }],
    spec: compact({
      ...commonOf(spec),
      syncPolicy: syncPolicyOf(spec.get('syncPolicy')),
      filter: filterOf(spec.get('filter'), globs),
    }),
    podTemplate: podTemplateOf(spec.get('podTemplateSpec')),
    single: single !== undefined,
  };
}

/** Reads `registries`, each of which was a source and a registry in one. They become the sources of one registry. */
export function readRegistries(spec: Field, metadata: Metadata, ledger: Ledger): Reading {
  const registries = spec.get('registries');
  const sources = sourcesOf(registries, rulesOf(metadata, GLOBS.winter2025, true));
  noteAddresses(sources, registries?.path ?? 'spec.registries', metadata, ledger);
  return { views: [{ path: 'spec.registries', sources }], ...restOf(spec) };
}

/** Reads `sources` and the views on them in `registries`. */
export function readSources(spec: Field, metadata: Metadata, ledger: Ledger): Reading {
  const list = spec.get('sources');
  const sources = sourcesOf(list, rulesOf(metadata, GLOBS.today, false));
  return { views: viewsOf(spec.get('registries'), list, sources, ledger), ...restOf(spec) };
}

/** Views on the sources of a list. Without any, all sources together are one. */
export function viewsOf(registries: Field | undefined, list: Field | undefined, sources: readonly SourceDraft[], ledger: Ledger): View[] {
  const all = new Set((list?.items() ?? []).map((source) => source.get('name')?.value));
  const views = (registries?.items() ?? []).map((view) => viewOf(view, sources, all));
  const named = new Set(views.flatMap((view) => view.sources));
  if (views.length === 0) return [{ path: registries?.path ?? 'spec', sources }];
  for (const source of sources) {
    if (named.has(source)) continue;
    ledger.note({
      level: 'dropped',
      path: source.path,
      message: `${sourceLabel(source.oldName)} is not in any registry, so nobody could see it; it is left out`,
      remedy: 'name it in a registry of the old manifest if that was not meant',
    });
  }
  return views;
}

function viewOf(view: Field, sources: readonly SourceDraft[], all: ReadonlySet<unknown>): View {
  const name = textOf(view.get('name')) ?? '';
  claimsOf(view.get('claims'));
  const names = view.get('sources');
  const drafts = (names?.items() ?? []).flatMap((item) => {
    const found = sources.find(({ oldName }) => oldName === item.value);
    if (found !== undefined && found.name === item.value) item.take();
    else if (found !== undefined) item.note('changed', `is ${found.name} here, as the source`, NOTHING_TO_DO);
    else if (all.has(item.value)) item.note('dropped', 'is left out, as the note on the source says', NOTHING_TO_DO);
    else item.note('todo', 'there is no source of that name', 'name an existing one');
    return found === undefined ? [] : [found];
  });
  if (names?.items().length === 0) names.take();
  return { name, path: view.path, sources: [...new Set(drafts)] };
}

/** Says that each source was a registry of its own. */
export function noteAddresses(sources: readonly SourceDraft[], path: string, metadata: Metadata, ledger: Ledger): void {
  if (sources.length === 0) return;
  const before = sources.map(({ oldName }) => `/registry/${oldName}`).join(', ');
  ledger.note({
    level: 'changed',
    path,
    message: `each was a registry of its own, below ${serviceAddress(metadata)} at ${before}; here they are the sources of one, and the first one that has a server provides it`,
    remedy: 'point clients to /v0.1 of the Service; put what must stay separate into its own manifest',
  });
}

function rulesOf(object: Metadata, globs: Globs, declaredFormat: boolean): SourceRules {
  return { object, mounts: [], refs: REFS, uses: () => undefined, globs, declaredFormat };
}

function restOf(spec: Field): Omit<Reading, 'views'> {
  dropDatabase(spec.get('databaseConfig'));
  dropAuth(spec.get('authConfig'));
  dropTelemetry(spec.get('telemetryConfig'));
  return { spec: commonOf(spec), podTemplate: podTemplateOf(spec.get('podTemplateSpec')), single: false };
}

/** Fields of `spec` that ToolHive and we have in common, and those of ours. */
export function commonOf(spec: Field): Fields {
  const displayName = textOf(spec.get('displayName'));
  const enforce = spec.get('enforceServers');
  if (enforce?.value === true) {
    enforce.note(
      'changed',
      'is carried over, and takes effect at admission here: MCP servers outside the catalogs are refused',
      'try it with enforcementMode: audit first (docs/enforcement.md)',
    );
  }
  return compact({
    displayName: displayName === '' ? undefined : displayName,
    enforceServers: enforce?.take(),
    ...Object.fromEntries(AS_THEY_ARE.map((key) => [key, spec.get(key)?.take()])),
  });
}
