import { labels, type ServerKind } from '@toolhive-registry/api';
import { fieldAt, referencesOfObject, textsAt, type NamedReference } from '@toolhive-registry/catalog/references';
import type { InformerEvent, KubeObject } from '@toolhive-registry/reconciler';

/** An MCP server of any kind, reduced to what the controller reads. */
export interface ServerObject extends KubeObject {
  readonly references: readonly NamedReference[];
  readonly phase: string;
  readonly ready: boolean;
  readonly transport?: string;
  readonly endpoint?: string;
}

/** Phases in which a server can be used; ToolHive has used several words for the same thing. */
const READY_PHASES = new Set(['Running', 'Ready', 'Valid']);

/** Keeps the fields of an object that are read. */
export function slimServer(kind: ServerKind, object: KubeObject): ServerObject {
  const { name, namespace, uid, resourceVersion, generation, deletionTimestamp, labels: own, ownerReferences } = object.metadata;
  const [transport] = textsAt(object, kind.transport === undefined ? [] : [kind.transport]);
  const [endpoint] = textsAt(object, kind.endpoint === undefined ? [] : [kind.endpoint]);
  return {
    apiVersion: object.apiVersion ?? `${kind.group}/${kind.versions[0]}`,
    kind: kind.kind,
    metadata: {
      name,
      ...defined({ namespace, uid, resourceVersion, generation, deletionTimestamp, labels: ownLabels(own), ownerReferences }),
    },
    references: referencesOfObject(object, kind),
    ...stateOf(kind, object),
    ...defined({ transport, endpoint }),
  };
}

/** The phase of a kind without phases, from its conditions, in the words of kinds that have phases. */
function stateOf(kind: ServerKind, object: KubeObject): Pick<ServerObject, 'phase' | 'ready'> {
  if (kind.phase !== undefined) {
    const [phase = 'Unknown'] = textsAt(object, [kind.phase]);
    return { phase, ready: READY_PHASES.has(phase) };
  }
  const list = fieldAt(object, 'status.conditions');
  const conditions = Array.isArray(list) ? list : [];
  const found = (kind.readyConditions ?? [])
    .map((type) => conditions.find((one) => fieldAt(one, 'type') === type))
    .find((one) => one !== undefined);
  const status = fieldAt(found, 'status');
  if (status === 'True') return { phase: 'Running', ready: true };
  const reason = fieldAt(found, 'reason');
  return { phase: status === 'False' && typeof reason === 'string' && reason !== '' ? reason : 'Unknown', ready: false };
}

const LABELS = [labels.registryName, labels.registryNamespace, labels.serverName, labels.tier, labels.category];

function ownLabels(all: Readonly<Record<string, string>> | undefined): Record<string, string> | undefined {
  const kept = LABELS.flatMap((label) => (all?.[label] === undefined ? [] : [[label, all[label]] as const]));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The registry to which a server belongs by its labels, in whichever namespace it runs: both name and namespace are needed. */
export function registryOfServer({ metadata }: KubeObject): { readonly namespace: string; readonly name: string } | undefined {
  const name = metadata.labels?.[labels.registryName] ?? '';
  const namespace = metadata.labels?.[labels.registryNamespace] ?? '';
  return name === '' || namespace === '' ? undefined : { namespace, name };
}

/** Whether a change of a server affects its references, or the registry it belongs to. */
export function namesChanged(event: InformerEvent<ServerObject>): boolean {
  if (event.type !== 'update') return true;
  const { object, old } = event;
  return !isSame(object.references, old.references) || !isSame(belonging(object), belonging(old));
}

/** Whether a change of a server affects anything that is reported about it. */
export function factsChanged(event: InformerEvent<ServerObject>): boolean {
  if (event.type !== 'update' || namesChanged(event)) return true;
  const facts = ({ phase, ready, transport, endpoint }: ServerObject): unknown => [phase, ready, transport, endpoint];
  return !isSame(facts(event.object), facts(event.old));
}

function belonging({ metadata: { labels: own, deletionTimestamp } }: ServerObject): unknown {
  return [own, deletionTimestamp];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
