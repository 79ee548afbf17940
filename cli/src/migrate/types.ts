import type { MCPRegistryInput } from '@toolhive-registry/api';

/**
 * Which of ToolHive's MCPRegistries a manifest is (stacklok/toolhive, cmd/thv-operator/api/{v1alpha1,v1beta1}/mcpregistry_types.go):
 * `source` of autumn 2025, `registries` until April 2026, `sources` of two days in April 2026, `configYAML` since then. `current`: one of ours.
 */
export type Era = 'source' | 'registries' | 'sources' | 'configYAML' | 'current';

/** The remedy where there is nothing to remedy. */
export const NOTHING_TO_DO = 'nothing to do';

/** `todo`: someone has to act, or what is served differs. `changed`: written otherwise. `dropped`: has no counterpart and needs none. */
export type NoteLevel = 'todo' | 'changed' | 'dropped';

/** What became of a field that is not in the output as it was. */
export interface Note {
  readonly level: NoteLevel;
  /** The field, for example `spec.configYAML.sources[0].git`; fields of the text configYAML are below it. */
  readonly path: string;
  /** What became of it. */
  readonly message: string;
  /** What to do about it; {@link NOTHING_TO_DO} where that is nothing. */
  readonly remedy: string;
  /** The command of the remedy, to be pasted into a shell. */
  readonly command?: string;
  /** The field's value on one line; absent for objects, for secrets and for what was not understood. */
  readonly value?: string;
  /** `metadata.name` of the registry that it is about; absent: all that come from the manifest. */
  readonly registry?: string;
}

/** An object that a registry needs and that was not an object of its own before. */
export interface Companion {
  readonly apiVersion: 'v1';
  readonly kind: 'ConfigMap';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data: Readonly<Record<string, string>>;
}

/** What a manifest becomes. */
export interface Migration {
  /** Undefined: it is not an MCPRegistry that could be read; a note says why. */
  readonly era: Era | undefined;
  /** What it was, for people: `MCPRegistry NAMESPACE/NAME`. */
  readonly from: string;
  /** Whether it is read here as it is. */
  readonly appliesUnchanged: boolean;
  /** Manifests that `parseMCPRegistry` accepts; none where nothing could be carried over. */
  readonly registries: readonly MCPRegistryInput[];
  readonly companions: readonly Companion[];
  /** By urgency, then in the order of the manifest. */
  readonly notes: readonly Note[];
}

/** How manifests are written. */
export interface MigrateOptions {
  /** Default: the group that works beside ToolHive's own CRD, see docs/beside-toolhive.md. */
  readonly apiVersion?: MCPRegistryInput['apiVersion'];
  /** `NAMESPACE/NAME` of registries that are there already, such as those of other manifests: no other gets such a name. */
  readonly taken?: ReadonlySet<string>;
}

/** A JSON object that is being put together. */
export type Fields = Record<string, unknown>;

/** A copy without the keys whose value is undefined. */
export function compact(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
