import { registryExplainSchema, serverKindName, type ExplainSubject } from '@toolhive-registry/api';
import { hashOf, type EventRecorder, type Logger } from '@toolhive-registry/reconciler';
import type { AskPod } from '../pods/pod-client.ts';
import type { ListingPod } from './lists.ts';
import type { NamespaceRegistry } from './registries.ts';
import type { Violator } from './state.ts';
import { reasonOf, shownViolator } from './violators.ts';

/** Tells users of servers that run and would not be let in: each once, on the server and on the registries that would refuse it. */
export interface Telling {
  tell(namespace: string, violators: readonly Violator[], registries: readonly NamespaceRegistry[], signal: AbortSignal): Promise<void>;
}

/** Most servers of a namespace that are told at once; the others follow with the next looks. */
const MAX_AT_ONCE = 25;
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

  async function sentenceFor(violator: Violator, registries: readonly NamespaceRegistry[], signal: AbortSignal): Promise<string> {
    const { verdict, mode } = violator;
    const required = verdict.required.join(' or ');
    const end = mode === 'audit' ? 'would be warned of' : 'would be refused';
    const plain = `${reasonOf(verdict)}; made now, it ${end} by MCPRegistry ${required}`;
    const [first] = verdict.refused;
    const subject = first === undefined ? undefined : SUBJECTS[first.kind];
    const registry = registries.find(({ key }) => key.name === verdict.required[0]);
    const [pod] = registry === undefined ? [] : registry.group.pods(registry.object).filter(({ document }) => document.ready);
    if (ask === undefined || first === undefined || subject === undefined || pod === undefined) return plain;
    const explained = await explain(ask, pod, subject, first.text, signal);
    return explained === undefined ? plain : `${explained}; made now, it ${end} by MCPRegistry ${required}`;
  }

  async function explain(
    asking: AskPod,
    pod: ListingPod,
    subject: ExplainSubject,
    text: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    try {
      const path = `/registry/explain?${new URLSearchParams({ [subject]: text }).toString()}`;
      return registryExplainSchema.parse(await asking(pod.target, path, signal)).sentence;
    } catch (error) {
      signal.throwIfAborted();
      logger.debug({ pod: pod.target.name, err: error }, 'a registry did not explain what it refuses');
      return undefined;
    }
  }

  return {
    tell: async (namespace, violators, registries, signal) => {
      const known = told.get(namespace) ?? new Map<string, string>();
      const now = new Map(violators.map((violator) => [idOf(violator), factOf(violator)]));
      for (const id of known.keys()) if (!now.has(id)) known.delete(id);
      const news = violators.filter((violator) => known.get(idOf(violator)) !== factOf(violator));
      for (const violator of news.slice(0, MAX_AT_ONCE)) {
        const { object, verdict, mode } = violator;
        const sentence = await sentenceFor(violator, registries, signal);
        const occurrence = hashOf([factOf(violator)]);
        events.event(object, { type: 'Warning', reason: 'NotInCatalog', note: sentence.slice(0, MAX_NOTE), occurrence });
        for (const registry of registries.filter(({ key, mode: own }) => own === mode && verdict.required.includes(key.name)))
          events.event(registry.object, {
            type: 'Warning',
            reason: 'NotInCatalog',
            note: `${shownViolator(violator)} runs: ${sentence}`.slice(0, MAX_NOTE),
            occurrence: hashOf([idOf(violator), factOf(violator)]),
          });
        known.set(idOf(violator), factOf(violator));
      }
      if (news.length > MAX_AT_ONCE)
        logger.warn({ namespace, more: news.length - MAX_AT_ONCE }, 'more servers run that are not in the catalog');
      if (known.size === 0) told.delete(namespace);
      else told.set(namespace, known);
    },
  };
}

function idOf({ kind, object }: Violator): string {
  return `${serverKindName(kind)} ${object.metadata.uid ?? object.metadata.name}`;
}

function factOf({ verdict: { refused, required, unknownRegistry }, mode }: Violator): string {
  return JSON.stringify([mode, unknownRegistry ?? null, required, refused.map(({ kind, text }) => [kind, text])]);
}
