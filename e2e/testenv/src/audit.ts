import { readFile } from 'node:fs/promises';

/** Policy for `--audit-policy-file`: who did what to which object, without bodies. */
export const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
`;

/** One request, as the API server's audit log at level Metadata writes it. */
export interface AuditEvent {
  readonly stage: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly userAgent?: string;
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  /** What admission had to say. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly requestReceivedTimestamp: string;
  /** When the answer was complete. */
  readonly stageTimestamp: string;
}

/** Which writes to count; an absent field matches everything. */
export interface WriteFilter {
  readonly verb?: string;
  readonly resource?: string;
  /** Empty: only the object itself. */
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly user?: string;
  /** Part of the User-Agent header. */
  readonly userAgent?: string;
  /** Only requests received at this moment or later. */
  readonly since?: Date;
  /** Also requests that were refused. */
  readonly includeFailed?: boolean;
}

const writeVerbs: readonly string[] = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** All requests of the log that were answered, oldest first. A last line that is still being written is left out. */
export async function readAuditLog(path: string): Promise<AuditEvent[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  lines.pop();
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as AuditEvent);
}

/** True for a write that `filter` asks for. */
export function isWrite(event: AuditEvent, filter: WriteFilter): boolean {
  const { objectRef, responseStatus } = event;
  if (!writeVerbs.includes(event.verb) || event.stage !== 'ResponseComplete') return false;
  if (filter.includeFailed !== true && (responseStatus?.code ?? 0) >= 300) return false;
  if (filter.userAgent !== undefined && !(event.userAgent ?? '').includes(filter.userAgent)) return false;
  if (filter.since !== undefined && new Date(event.requestReceivedTimestamp) < filter.since) return false;
  const pairs: readonly (readonly [string | undefined, string | undefined])[] = [
    [filter.verb, event.verb],
    [filter.resource, objectRef?.resource],
    [filter.subresource, objectRef?.subresource ?? ''],
    [filter.namespace, objectRef?.namespace],
    [filter.name, objectRef?.name],
    [filter.user, event.user.username],
  ];
  return pairs.every(([wanted, actual]) => wanted === undefined || wanted === actual);
}
