import { reasonFacts, type Condition } from '@toolhive-registry/api';
import type { RegistryFacts } from '../facts.ts';
import { ok, problem, warning, type Finding } from '../finding.ts';

/** Conditions that depend on sources; the status of the registry has more details. */
const OF_SOURCES: readonly string[] = ['SourceAvailable', 'DataValid', 'SyncSuccessful'];
/** Conditions that are there only while something is so. */
const WHILE_TRUE: readonly string[] = ['Stalled', 'Reconciling'];
/** Reasons with which a condition is bad news although it is True. */
const NO_GOOD_NEWS: readonly string[] = ['NoCatalog', 'ListTooLarge', 'ListUnknown', 'Unguarded', 'WriteFailed', 'NotRemoved'];

/** The condition about access from outside the cluster, and where its reasons are explained. */
const EXPOSED = 'Exposed';
const EXPOSED_REMEDY = 'the message says what to look at; docs/exposing.md has all reasons';

/** Conditions that are not as they should be, except for Ready, which has a check of its own. */
export function checkConditions({ object, document }: RegistryFacts): Finding[] {
  const all = object.status?.conditions ?? [];
  const isToldBySources = document?.is === 'seen' && document.value.sources.some(({ state }) => state === 'failed');
  const looked = all.filter(({ type }) => type !== 'Ready' && !(isToldBySources && OF_SOURCES.includes(type)));
  const found = looked.filter((one) => !isRepeated(one, looked)).flatMap(findingOf);
  return found.length > 0 || all.length === 0 ? found : [ok('conditions', 'all conditions are as they should be')];
}

/** SyncSuccessful is False with the reason of the condition that is more specific. */
function isRepeated({ type, reason, status }: Condition, all: readonly Condition[]): boolean {
  return (
    type === 'SyncSuccessful' &&
    all.some((one) => one.type !== type && OF_SOURCES.includes(one.type) && one.reason === reason && one.status === status)
  );
}

function findingOf({ type, status, reason, message }: Condition): Finding[] {
  const sentence = `${reason}: ${message}`;
  if (WHILE_TRUE.includes(type)) {
    if (status !== 'True') return [];
    return type === 'Stalled'
      ? [problem(type, sentence, 'change what the message names; nothing continues until then')]
      : [warning(type, sentence, 'wait; if it lasts, the message says what it waits for')];
  }
  const remedy =
    type === EXPOSED ? EXPOSED_REMEDY : (reasonFacts(reason)?.remedy ?? 'the message says what to do; docs/operations.md has all reasons');
  if (status === 'False') return [problem(type, sentence, remedy)];
  if (status === 'Unknown') return [warning(type, sentence, type === EXPOSED ? EXPOSED_REMEDY : unknownRemedy(reason))];
  return NO_GOOD_NEWS.includes(reason) ? [warning(type, sentence, remedy)] : [];
}

function unknownRemedy(reason: string): string {
  return reason === 'NotReported'
    ? 'see whether the pods are ready, and whether the controller reaches their port 8081'
    : 'wait; if it lasts, the message says what is not known';
}
