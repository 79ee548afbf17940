import type { ApiServer, AuditEvent } from '@toolhive-registry/testenv';

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
/** Not objects of registries: Events and Leases. */
const ASIDE: readonly string[] = ['events', 'leases'];

/** All writes of the controller so far, refused ones included, Events and Leases aside. */
export async function controllerWrites(api: ApiServer): Promise<ControllerWrite[]> {
  return (await controllerEvents(api)).flatMap(({ verb, objectRef, requestReceivedTimestamp, stageTimestamp }) => {
    const { resource = '', subresource, name = '' } = objectRef ?? {};
    if (!WRITE_VERBS.includes(verb) || ASIDE.includes(resource)) return [];
    const what = `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`;
    return [{ name, what, at: Date.parse(requestReceivedTimestamp), doneAt: Date.parse(stageTimestamp) }];
  });
}

/** How many requests of each kind of object the controller has sent since this moment, Leases aside. A watch counts when it is opened. */
export async function controllerRequests(api: ApiServer, since: number): Promise<ReadonlyMap<string, number>> {
  const sent = (await controllerEvents(api)).filter(({ verb, stage, objectRef, requestReceivedTimestamp }) => {
    const isCounted = stage === (verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete');
    return isCounted && objectRef?.resource !== 'leases' && Date.parse(requestReceivedTimestamp) >= since;
  });
  const kindOf = ({ objectRef, requestURI }: AuditEvent): string =>
    objectRef === undefined ? requestURI : [objectRef.resource, objectRef.apiGroup].filter(Boolean).join('.');
  return new Map([...Map.groupBy(sent, kindOf)].map(([kind, { length }]) => [kind, length]));
}

async function controllerEvents(api: ApiServer): Promise<AuditEvent[]> {
  return (await api.auditEvents()).filter(({ userAgent }) => userAgent?.startsWith(USER_AGENT) === true);
}
