/** A request to the API server, taken apart. */
export interface Call {
  readonly verb: 'get' | 'list' | 'watch' | 'create' | 'apply' | 'patch' | 'update' | 'delete';
  /** Plural, such as `deployments`; empty for paths without objects, such as discovery. */
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** A watch that begins with all existing objects. */
  readonly isList: boolean;
}

const WRITES: readonly Call['verb'][] = ['create', 'apply', 'patch', 'update', 'delete'];

/** `/api/v1/…` or `/apis/GROUP/VERSION/…`, then optionally a namespace, the resource, a name, and a subresource. */
const OBJECT_PATH = /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/;

/** Parses a request line. */
export function callOf(method: string, target: string, contentType = ''): Call {
  const { pathname, searchParams } = new URL(target, 'https://api');
  const [, namespace = '', resource = '', name = '', subresource = ''] = OBJECT_PATH.exec(pathname) ?? [];
  const verb = verbOf(method, searchParams.get('watch') === 'true', name, contentType);
  return { verb, resource, subresource, namespace, name, isList: searchParams.get('sendInitialEvents') === 'true' };
}

function verbOf(method: string, isWatch: boolean, name: string, contentType: string): Call['verb'] {
  if (method === 'POST') return 'create';
  if (method === 'PUT') return 'update';
  if (method === 'DELETE') return 'delete';
  if (method === 'PATCH') return contentType.includes('apply-patch') ? 'apply' : 'patch';
  if (isWatch) return 'watch';
  return name === '' ? 'list' : 'get';
}

/** Whether the request changes anything other than Leases: a controller that dies during a Lease write has changed nothing that matters. */
export function isWrite({ verb, resource }: Call): boolean {
  return WRITES.includes(verb) && resource !== 'leases';
}

/** Such as `apply mcpregistries/status a`. */
export function describeCall({ verb, resource, subresource, name }: Call): string {
  return `${verb} ${resource}${subresource === '' ? '' : `/${subresource}`}${name === '' ? '' : ` ${name}`}`;
}
