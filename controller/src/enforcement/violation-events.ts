import { registryExplainSchema, serverKindName, type ExplainSubject } from '@toolhive-registry/api';
import { hashOf, type EventRecorder, type Logger } from '@toolhive-registry/reconciler';
import type { AskPod } from '../pods/pod-client.ts';
import type { NamespaceRegistry } from './registries.ts';
import type { Violator } from './state.ts';
import { concerns, reasonOf, shownViolator } from './violators.ts';

/** Records Events for running servers that would not be admitted: one on the server, and one on each registry that would refuse it. */
export interface ViolationEvents {
  /** Starts recording Events for new violations, and forgets those that are over. Does not block. */
  report(namespace: string, violators: readonly Violator[], registries: readonly NamespaceRegistry[]): void;
  /** Resolves when everything that was started has been recorded. */
  flush(): Promise<void>;
}

/** A registry explains at most this many servers of a namespace, since each explanation costs it work. */
const MAX_EXPLAINED = 25;
const EXPLAIN_MS = 10_000;
/** Longest note of an Event (events.k8s.io/v1). */
const MAX_NOTE = 1_000;

const SUBJECTS: Readonly<Record<string, ExplainSubject>> = { images: 'image', urls: 'url', packages: 'package' };

/** Creates it. A restarted controller records the same Events under the same names, which the API server already knows. */
export function createViolationEvents(deps: {
  readonly events: Pick<EventRecorder, 'event'>;
  readonly ask: AskPod | undefined;
  readonly logger: Logger;
}): ViolationEvents {
  const { events, ask, logger } = deps;
  const reported = new Map<string, Map<string, string>>();
  let last: Promise<unknown> = Promise.resolve();

  async function sentenceOf(violator: Violator, registries: readonly NamespaceRegistry[], isExplained: boolean): Promise<string> {
    const { verdict, mode } = violator;
    const required = verdict.required.join(' or ');
    const end = `; made now, it would be ${mode === 'audit' ? 'let in with a warning' : 'refused'} by MCPRegistry ${required}`;
    return `${(isExplained ? await explained(violator, registries) : undefined) ?? reasonOf(verdict)}${end}`;
  }

  /** The registry's own explanation; undefined: it cannot be asked. */
  async function explained({ verdict }: Violator, registries: readonly NamespaceRegistry[]): Promise<string | undefined> {
    const [first] = verdict.refused;
    const subject = first === undefined ? undefined : SUBJECTS[first.kind];
    const registry = registries.find(({ key }) => key.name === verdict.required[0]);
    const [pod] = registry === undefined ? [] : registry.group.pods(registry.object).filter(({ document }) => document.ready);
    if (ask === undefined || first === undefined || subject === undefined || pod === undefined) return undefined;
    try {
      const path = `/registry/explain?${new URLSearchParams({ [subject]: first.text }).toString()}`;
      return registryExplainSchema.parse(await ask(pod.target, path, AbortSignal.timeout(EXPLAIN_MS))).sentence;
    } catch (error) {
      logger.debug({ pod: pod.target.name, err: error }, 'a registry pod did not explain a refusal');
      return undefined;
    }
  }

  async function recordEvents(violators: readonly Violator[], registries: readonly NamespaceRegistry[]): Promise<void> {
    for (const [index, violator] of violators.entries()) {
      const { object, verdict, mode } = violator;
      const sentence = await sentenceOf(violator, registries, index < MAX_EXPLAINED);
      const event = { type: 'Warning', reason: 'NotInCatalog' } as const;
      events.event(object, { ...event, note: sentence.slice(0, MAX_NOTE), occurrence: hashOf([factOf(violator)]) });
      for (const { object: registry, key, mode: own } of registries) {
        if (own !== mode || !concerns(key.name, verdict)) continue;
        const note = `${shownViolator(violator)} runs: ${sentence}`.slice(0, MAX_NOTE);
        events.event(registry, { ...event, note, occurrence: hashOf([idOf(violator), factOf(violator)]) });
      }
    }
  }

  return {
    report: (namespace, violators, registries) => {
      const known = reported.get(namespace) ?? new Map<string, string>();
      const now = new Set(violators.map(idOf));
      for (const id of known.keys()) if (!now.has(id)) known.delete(id);
      const fresh = violators.filter((violator) => known.get(idOf(violator)) !== factOf(violator));
      for (const violator of fresh) known.set(idOf(violator), factOf(violator));
      if (known.size === 0) reported.delete(namespace);
      else reported.set(namespace, known);
      if (fresh.length > 0) last = last.then(() => recordEvents(fresh, registries));
    },
    flush: async () => void (await last),
  };
}

function idOf({ kind, object, mode }: Violator): string {
  return `${serverKindName(kind)} ${object.metadata.uid ?? object.metadata.name} ${mode}`;
}

function factOf({ verdict: { refused, required, unknownRegistry }, mode }: Violator): string {
  return JSON.stringify([mode, unknownRegistry ?? null, required, refused.map(({ kind, text }) => [kind, text])]);
}
