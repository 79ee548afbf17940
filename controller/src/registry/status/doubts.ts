import { formatKey, hashOf, type ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
import type { PodFacts } from '../../pods/facts.ts';

/** Reasons not to take the replicas' reports for the registry's, as sentences. */
export interface Doubt {
  /** Ready pods serve different catalogs. */
  readonly difference?: string;
  /** Some ready pods do not report, though others do. */
  readonly silence?: string;
}

/** Detects replicas that disagree for longer than it takes to follow an edit, or to be asked for the first time. */
export interface Doubts {
  /** The doubts that persist; and otherwise the milliseconds until a current one would. `ready`: names of the ready pods. */
  look(
    registry: ObjectKey,
    facts: readonly PodFacts[],
    ready: readonly string[],
  ): { readonly doubt: Doubt; readonly againMs?: number | undefined };
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** How long replicas may disagree or be silent before it is reported, in milliseconds: after an edit one is briefly ahead of the other. */
const PATIENCE_MS = 10_000;

type Kind = keyof Doubt;

/** Creates it. `clock`: milliseconds since 1970. */
export function createDoubts(clock: () => number): Doubts {
  const since = new Map<string, Partial<Record<Kind, number>>>();

  return {
    look: (registry, facts, ready) => {
      const key = formatKey(registry);
      const seen: Readonly<Record<Kind, string | undefined>> = { difference: differenceOf(facts), silence: silenceOf(facts, ready) };
      const now = clock();
      const before = since.get(key) ?? {};
      const began: Partial<Record<Kind, number>> = {};
      const doubt: { -readonly [K in Kind]?: string } = {};
      const waits: number[] = [];
      for (const kind of ['difference', 'silence'] as const) {
        const sentence = seen[kind];
        if (sentence === undefined) continue;
        const from = before[kind] ?? now;
        began[kind] = from;
        if (now - from >= PATIENCE_MS) doubt[kind] = sentence;
        else waits.push(from + PATIENCE_MS - now);
      }
      if (Object.keys(began).length === 0) since.delete(key);
      else since.set(key, began);
      return { doubt, againMs: waits.length === 0 ? undefined : Math.min(...waits) };
    },
    forget: (registry) => void since.delete(formatKey(registry)),
  };
}

/**
 * What two pods with the same catalog have in common: the manifest, the data of each source, and the snapshot of a rollback. Not the snapshot's hash, which
 * includes the times at which each pod saw its changes.
 */
export function catalogOf({ sources, files, rolledBackTo }: RegistryStatusDocument): string {
  return hashOf([files['spec.yaml'] ?? '', sources.map(({ name, hash }) => [name, hash ?? '']), rolledBackTo ?? '']);
}

/** A sentence that lists the different catalogs; undefined: all pods serve the same. */
function differenceOf(facts: readonly PodFacts[]): string | undefined {
  const serving = facts.filter(({ document }) => document.ready);
  const catalogs = [...Map.groupBy(serving, ({ document }) => catalogOf(document)).values()];
  if (catalogs.length < 2) return undefined;
  const sides = catalogs.map((pods) => {
    const [first] = pods;
    return `${namesOf(pods)} ${first?.document.serverCount ?? 0} servers (snapshot ${first?.document.snapshotHash?.slice(0, 12) ?? ''})`;
  });
  return `pods serve different catalogs: ${sides.join('; ')}`;
}

function silenceOf(facts: readonly PodFacts[], ready: readonly string[]): string | undefined {
  if (facts.length === 0) return undefined;
  const silent = ready.filter((name) => !facts.some(({ pod }) => pod === name));
  return silent.length === 0
    ? undefined
    : `${silent.length === 1 ? 'pod' : 'pods'} ${silent.join(', ')} ${silent.length === 1 ? 'does' : 'do'} not report`;
}

function namesOf(facts: readonly PodFacts[]): string {
  return facts.map(({ pod }) => pod).join(', ');
}
