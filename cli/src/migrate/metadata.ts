import { annotations as ourAnnotations, isObject } from '@toolhive-registry/api';
import { NAMESPACE } from '@toolhive-registry/api/namespace';
import { textOf, type Field, type Ledger } from './field.ts';
import { NOTHING_TO_DO, type Fields } from './types.ts';

/** The identity of an object, as far as it is carried over. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Fields;
  readonly annotations?: Fields;
}

/** What the API server writes itself. */
const SERVERS_OWN = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
] as const;

/** Labels and annotations of tools. Each tool sets them on the new object itself when it applies it. */
const TOOLS_OWN =
  /^(?:kubectl\.kubernetes\.io\/|meta\.helm\.sh\/|helm\.sh\/|argocd\.argoproj\.io\/(?:tracking-id|instance)$|(?:kustomize|helm)\.toolkit\.fluxcd\.io\/|app\.kubernetes\.io\/managed-by$)/u;
const TOOLHIVES_OWN = /^(?:[a-z0-9-]+\.)*toolhive\.stacklok\.(?:dev|io)\//u;
/** ToolHive's name for an annotation that means the same here. */
const COMMON: readonly string[] = [ourAnnotations.syncTrigger, ourAnnotations.syncSource, ourAnnotations.rollbackTo];

/** Reads `metadata` of a manifest. */
export function metadataOf(metadata: Field | undefined, ledger: Ledger): Metadata {
  const name = textOf(metadata?.get('name')) ?? '';
  const namespace = textOf(metadata?.get('namespace'));
  if (namespace !== undefined && !NAMESPACE.test(namespace))
    metadata?.get('namespace')?.note('todo', 'is not a valid name of a namespace', 'use lower-case letters, digits and dashes');
  const labels = marksOf(metadata?.get('labels'), ledger);
  const annotations = marksOf(metadata?.get('annotations'), ledger);
  const written = SERVERS_OWN.filter((key) => metadata?.get(key)?.take() !== undefined);
  if (written.length > 0) noteDropped(ledger, 'metadata', `${listed(written)}: written by the API server`);
  metadata?.get('finalizers')?.note('dropped', 'belong to the controllers of the old object', NOTHING_TO_DO);
  metadata
    ?.get('ownerReferences')
    ?.note('dropped', 'tie the old object to its owner', 'let the owner create the new one if it should be deleted with it');
  metadata?.get('generateName')?.note('changed', 'a registry needs a name of its own', 'see metadata.name');
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** Labels or annotations without those by which tools and ToolHive's controllers know the old object. */
function marksOf(marks: Field | undefined, ledger: Ledger): Fields | undefined {
  if (marks === undefined || !isObject(marks.value)) return undefined;
  const all = marks.members();
  const foreign = all.filter(([key]) => TOOLS_OWN.test(key) || (TOOLHIVES_OWN.test(key) && !COMMON.includes(key)));
  for (const [, field] of foreign) field.take();
  if (foreign.length > 0) {
    noteDropped(
      ledger,
      marks.path,
      `${listed(foreign.map(([key]) => key))}: tools and ToolHive's controllers identify the old object by these`,
    );
  }
  if (all.length === 0) marks.take();
  const kept = all.flatMap((member): [string, string][] => {
    const text = foreign.includes(member) ? undefined : textOf(member[1]);
    return text === undefined ? [] : [[member[0], text]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function noteDropped(ledger: Ledger, path: string, message: string): void {
  ledger.note({ level: 'dropped', path, message, remedy: NOTHING_TO_DO });
}

function listed(names: readonly string[]): string {
  return names.join(', ');
}
