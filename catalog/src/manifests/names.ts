/** Longest name of a server: the operators put up to eleven characters around it for objects whose names have at most 63. */
const MAX_NAME = 52;
/** A label of DNS as the names of Services have it (RFC 1035): it begins with a letter. */
const DNS_LABEL = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
/** What a value of a Kubernetes label may be (kubernetes.io/docs, Labels and Selectors). */
const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** The name of an object made of the last part of an entry's name. */
export function objectName(serverName: string): string {
  const part = serverName.slice(serverName.lastIndexOf('/') + 1).toLowerCase();
  const plain = part.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-+/, '');
  const name = (/^[a-z]/.test(plain) ? plain : `mcp-${plain}`).slice(0, MAX_NAME).replace(/-+$/, '');
  return name === 'mcp' && plain === '' ? 'mcp-server' : name;
}

/** Whether an object of an operator may be called so. */
export function isObjectName(name: string): boolean {
  return name.length <= MAX_NAME && DNS_LABEL.test(name);
}

/** A name that is made of two: that of a server, and that of a variable or header. */
export function joinedName(name: string, other: string): string {
  const plain = other
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `${name}-${plain}`.slice(0, 253).replace(/-+$/, '');
}

/** Whether a text can be the value of a label. */
export function isLabelValue(text: string): boolean {
  return LABEL_VALUE.test(text);
}

/**
 * The label by which an entry is told: the whole name with dots for slashes, else its last part. A registry takes both (api/v1/registry/servers/deployed).
 * Undefined where neither can be a label; the server is then told by its image or URL alone.
 */
export function serverLabel(serverName: string): string | undefined {
  return [serverName.replaceAll('/', '.'), serverName.slice(serverName.lastIndexOf('/') + 1)].find(isLabelValue);
}
