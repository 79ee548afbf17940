import type { ApiServer } from '@toolhive-registry/testenv';

/** A write of the controller, as the audit log has it. */
export interface ControllerWrite {
  /** Name of the object written. */
  readonly name: string;
  /** Such as `patch mcpregistries/status`. */
  readonly what: string;
  /** Milliseconds since 1970, when the API server received it. */
  readonly at: number;
  /** Milliseconds since 1970, when it had answered. */
  readonly doneAt: number;
}

/** The controller's own name in its requests; the bench's and the API server's are other. */
const USER_AGENT = 'toolhive-registry-controller';
const WRITE_VERBS: readonly string[] = ['create', 'update', 'patch', 'delete', 'deletecollection'];
/** Not the controller's objects: what it tells people, and locks. */
const ASIDE: readonly string[] = ['events', 'leases'];

/** All writes of the controller so far, refused ones included, Events and Leases aside. */
export async function controllerWrites(api: ApiServer): Promise<ControllerWrite[]> {
  return (await api.auditEvents()).flatMap(({ verb, userAgent, objectRef, requestReceivedTimestamp, stageTimestamp }) => {
    const { resource = '', subresource, name = '' } = objectRef ?? {};
    if (userAgent?.startsWith(USER_AGENT) !== true || !WRITE_VERBS.includes(verb) || ASIDE.includes(resource)) return [];
    const what = `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`;
    return [{ name, what, at: Date.parse(requestReceivedTimestamp), doneAt: Date.parse(stageTimestamp) }];
  });
}
