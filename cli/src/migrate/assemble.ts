import { apiVersions, kind, type MCPRegistryInput } from '@toolhive-registry/api';
import { fit } from './fit.ts';
import type { Metadata } from './metadata.ts';
import { sourceLabel, registryName } from './names.ts';
import { withMounts } from './pod-template.ts';
import type { SourceDraft } from './source.ts';
import { compact, type Companion, type Fields, type MigrateOptions, type Note } from './types.ts';

/** One registry to be: the only one of a manifest, or one of its views. */
export interface View {
  /** Name of the view; undefined where the manifest has none. */
  readonly name?: string;
  readonly path: string;
  readonly sources: readonly SourceDraft[];
}

/** What a manifest was read as. */
export interface Reading {
  readonly views: readonly View[];
  /** Fields of `spec` of every registry, beside sources and pod template. */
  readonly spec: Fields;
  readonly podTemplate: Fields | undefined;
  /** Whether the only source is written as `source`. */
  readonly single: boolean;
}

/** The registries of a reading, with what they need. */
export interface Assembled {
  readonly registries: readonly MCPRegistryInput[];
  readonly companions: readonly Companion[];
  readonly notes: readonly Note[];
}

/** Maximum number of sources of a registry, as our schema has it. */
const MAX_SOURCES = 20;
/** The group that works beside ToolHive's own CRD. */
const DEFAULT_API_VERSION = apiVersions[1];

/** Order of the fields of `spec`. */
const SPEC_ORDER = ['displayName', 'format', 'source', 'sources', 'syncPolicy', 'filter'] as const;

/** Writes registries of ours. */
export function assemble(reading: Reading, metadata: Metadata, options: MigrateOptions): Assembled {
  const registries: MCPRegistryInput[] = [];
  const companions = new Map<string, Companion>();
  const notes: Note[] = [];
  const { taken, configMaps } = takenNames(reading, metadata, options);
  for (const view of reading.views) {
    const name = registryName(wantedName(view, reading.views, metadata.name), { registries: taken, configMaps });
    const written = writeView(view, name, reading, metadata, options);
    notes.push(...written.notes);
    if (written.registry === undefined) continue;
    registries.push(written.registry);
    taken.add(name);
    for (const companion of written.companions) companions.set(companion.metadata.name, companion);
  }
  if (registries.length > 0 && reading.views.every((view) => wantedName(view, reading.views, metadata.name) !== metadata.name)) {
    const message = 'no registry has this name any more, because none of the several was called default';
    notes.push({ level: 'changed', path: 'metadata.name', message, remedy: 'choose other names in the manifests if you like' });
  }
  return { registries, companions: [...companions.values()], notes };
}

interface WrittenView {
  readonly registry: MCPRegistryInput | undefined;
  readonly companions: readonly Companion[];
  readonly notes: readonly Note[];
}

function writeView(view: View, name: string, reading: Reading, metadata: Metadata, options: MigrateOptions): WrittenView {
  const sources = view.sources.slice(0, MAX_SOURCES);
  const notes = view.sources.slice(MAX_SOURCES).map(tooMany);
  if (sources.length === 0) return { registry: undefined, companions: [], notes: [nothingLeft(view)] };
  const manifest = {
    apiVersion: options.apiVersion ?? DEFAULT_API_VERSION,
    kind,
    metadata: compact({ ...metadata, name }),
    spec: specOf(reading, sources),
  };
  const fitted = fit({ manifest, path: view.path, sources });
  notes.push(...fitted.notes);
  if (fitted.registry === undefined) {
    return { registry: undefined, companions: [], notes: view.name === undefined ? notes : [...notes, nothingLeft(view)] };
  }
  const { registry } = fitted;
  const kept = new Set(registry.spec.sources?.map((source) => source.name));
  const locations = sources.filter((source) => kept.size === 0 || kept.has(source.name)).map(({ location }) => location);
  const pods = locations.flatMap(({ podMount }) => (podMount === undefined ? [] : [podMount]));
  const podTemplateSpec = withMounts(reading.podTemplate, pods);
  if (view.name !== undefined) notes.push(moved(view, metadata, name));
  if (name !== metadata.name && wantedName(view, reading.views, metadata.name) === metadata.name) notes.push(renamed(metadata, name));
  return {
    registry: podTemplateSpec === undefined ? registry : { ...registry, spec: { ...registry.spec, podTemplateSpec } },
    companions: locations.flatMap(({ companion }) => (companion === undefined ? [] : [companion])),
    notes: notes.map((one) => ({ ...one, registry: name })),
  };
}

/** The only registry and the view `default` keep the name of the object, so that its Service keeps its address. */
function wantedName({ name }: View, views: readonly View[], object: string): string {
  return views.length === 1 || name === undefined || name === 'default' ? object : `${object}-${name}`;
}

function takenNames(
  { views }: Reading,
  { namespace = 'default' }: Metadata,
  { taken = new Set() }: MigrateOptions,
): {
  readonly taken: Set<string>;
  readonly configMaps: ReadonlySet<string>;
} {
  const prefix = `${namespace}/`;
  return {
    taken: new Set([...taken].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))),
    configMaps: new Set(views.flatMap(({ sources }) => sources.flatMap(({ location }) => location.configMap ?? []))),
  };
}

/** `spec` except for the pod template, which is written when it is known which sources stay. */
function specOf({ spec, single }: Reading, sources: readonly SourceDraft[]): Fields {
  const [only] = sources;
  const where =
    single && only !== undefined && sources.length === 1
      ? { source: only.fields }
      : { sources: sources.map(({ name, fields }) => ({ name, ...fields })) };
  const all: Fields = compact({ ...spec, ...where });
  const first = SPEC_ORDER.filter((key) => Object.hasOwn(all, key)).map((key) => [key, all[key]] as const);
  return { ...Object.fromEntries(first), ...all };
}

function tooMany({ path, oldName }: SourceDraft): Note {
  return {
    level: 'todo',
    path,
    message: `${sourceLabel(oldName)} is left out: a registry has at most ${MAX_SOURCES} sources here`,
    remedy: 'put some of them together in a registry of their own, and name that as a source of type registry',
  };
}

function nothingLeft({ path, name }: View): Note {
  const what = name === undefined ? 'the registry' : `registry ${JSON.stringify(name)}`;
  return {
    level: 'todo',
    path,
    message: `${what} has no source that can be carried over, so there is no manifest for it`,
    remedy: 'see the notes on its sources',
  };
}

function moved({ name: view, path }: View, metadata: Metadata, name: string): Note {
  const before = `${serviceAddress(metadata)}/registry/${encodeURIComponent((view ?? '').toWellFormed())}/v0.1`;
  return {
    level: 'changed',
    path: `${path}.name`,
    message: `registry ${JSON.stringify(view)} was asked at ${before}; it is MCPRegistry ${name}, at ${serviceAddress({ ...metadata, name })}/v0.1`,
    remedy: `point clients there; /registry/${name}/v0.1 is the same`,
    registry: name,
  };
}

function renamed(metadata: Metadata, name: string): Note {
  const why = /^[a-z]([-a-z0-9]{0,57}[a-z0-9])?$/u.test(metadata.name)
    ? `is taken: by another registry, or because a source names ConfigMap ${metadata.name}-config or ${metadata.name}-deployed, which are names of the registry's own objects`
    : 'is not a valid name of a registry: at most 59 lower-case letters, digits and -, a letter first';
  return {
    level: 'changed',
    path: 'metadata.name',
    message: `is ${name}, since ${JSON.stringify(metadata.name)} ${why}`,
    remedy: `point clients to ${serviceAddress({ ...metadata, name })}`,
    registry: name,
  };
}

/** Where the Service of a registry is, ToolHive's or ours. */
export function serviceAddress({ name, namespace = 'default' }: Metadata): string {
  return `http://${name}-api.${namespace}:8080`;
}
