import { registryExplainSchema, serverKindName, type ExplainSubject } from '@toolhive-registry/api';
import { hashOf, type EventRecorder, type Logger } from '@toolhive-registry/reconciler';
import type { AskPod } from '../pods/pod-client.ts';
import type { NamespaceRegistry } from './registries.ts';
import type { Violator } from './state.ts';
import { concerns, reasonOf, shownViolator } from './violators.ts';

/** Tells users of running servers that would not be let in: each once, on the server and on the registries that would refuse it. */
export interface Telling {
  /** Begins to tell of what is new, and forgets what is over. Nobody has to wait for it. */
  tell(namespace: string, violators: readonly Violator[], registries: readonly NamespaceRegistry[]): void;
  /** Resolves when all that was begun has been told. */
  flush(): Promise<void>;
}

/** So many servers of a namespace are explained by a registry; for it that is work. */
const MAX_EXPLAINED = 25;
const EXPLAIN_MS = 10_000;
/** Longest note of an Event (events.k8s.io/v1). */
const MAX_NOTE = 1_000;

const SUBJECTS: Readonly<Record<string, ExplainSubject>> = { images: 'image', urls: 'url', packages: 'package' };

/** Creates it. It remembers what it has told; a controller that is started anew tells the same under the same name, which the API server knows already. */
export function createTelling(deps: {
  readonly events: Pick<EventRecorder, 'event'>;
  readonly ask: AskPod | undefined;
  readonly logger: Logger;
}): Telling {
  const { events, ask, logger } = deps;
  const told = new Map<string, Map<string, string>>();
  let last: Promise<unknown> = Promise.resolve();

  async function sentenceOf(violator: Violator, registries: readonly NamespaceRegistry[], isExplained: boolean): Promise<string> {
    const { verdict, mode } = violator;
    const required = verdict.required.join(' or ');
    const end = `; made now, it would be ${mode === 'audit' ? 'let in with a warning' : 'refused'} by MCPRegistry ${required}`;
    return `${(isExplained ? await explained(violator, registries) : undefined) ?? reasonOf(verdict)}${end}`;
  }

  /** What the registry itself says of it; undefined: it cannot be asked. */
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
      logger.debug({ pod: pod.target.name, err: error }, 'a registry did not explain what it refuses');
      return undefined;
    }
  }

  async function tellOf(violators: readonly Violator[], registries: readonly NamespaceRegistry[]): Promise<void> {
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
    tell: (namespace, violators, registries) => {
      const known = told.get(namespace) ?? new Map<string, string>();
      const now = new Set(violators.map(idOf));
      for (const id of known.keys()) if (!now.has(id)) known.delete(id);
      const news = violators.filter((violator) => known.get(idOf(violator)) !== factOf(violator));
      for (const violator of news) known.set(idOf(violator), factOf(violator));
      if (known.size === 0) told.delete(namespace);
      else told.set(namespace, known);
      if (news.length > 0) last = last.then(() => tellOf(news, registries));
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
