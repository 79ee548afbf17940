import type { KubeObject } from '../objects.ts';

/** What happened, for `kubectl describe` and `kubectl events`. */
export interface EventInput {
  readonly type: 'Normal' | 'Warning';
  /** Why, in CamelCase: `SyncFailed`. At most 128 characters. */
  readonly reason: string;
  /** A sentence for people; truncated at 1,024 bytes. */
  readonly note: string;
  /** What the controller was doing, in CamelCase; default: the reason. */
  readonly action?: string;
  /** Another object concerned. */
  readonly related?: KubeObject;
  /**
   * Identifies this occurrence among all of the object, and is the same when the work is repeated after a crash: the Event's name is derived from it, so that
   * it is recorded once. For a step from one status to another, for instance, it is a hash of the former.
   */
  readonly occurrence?: string;
}

const MAX_NOTE_BYTES = 1_024;
/** The longest name that the server accepts. */
const MAX_NAME = 253;

/** Who reports. */
export interface Reporter {
  /** Name of the controller, such as `example.com/shop-controller`. */
  readonly controller: string;
  /** Name of this process, such as the pod's name. */
  readonly instance: string;
}

/** The namespace of an Event about an object. For cluster-wide objects it is `default`, as for Kubernetes' own. */
export function eventNamespace(regarding: KubeObject): string {
  return regarding.metadata.namespace || 'default';
}

/** Name of an Event about an object. */
export function eventName(regarding: KubeObject, suffix: string): string {
  return `${regarding.metadata.name.slice(0, MAX_NAME - suffix.length - 1)}.${suffix}`;
}

/** The fields of an Event (events.k8s.io/v1) that do not depend on when it is written. */
export function eventBody(regarding: KubeObject, input: EventInput, { controller, instance }: Reporter): Record<string, unknown> {
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    reportingController: controller,
    reportingInstance: instance.slice(0, 128),
    type: input.type,
    reason: input.reason.slice(0, 128),
    action: (input.action ?? input.reason).slice(0, 128),
    note: cutBytes(input.note, MAX_NOTE_BYTES),
    regarding: reference(regarding),
    ...(input.related === undefined ? {} : { related: reference(input.related) }),
  };
}

function reference(object: KubeObject): Record<string, unknown> {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, namespace, uid, resourceVersion };
}

/** Truncates a text to so many bytes of UTF-8 without splitting a character. */
function cutBytes(text: string, max: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= max) return text;
  let end = max - 3;
  // Bytes of the form 10xxxxxx continue a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.subarray(0, end).toString('utf8')}…`;
}
