/** Longest name of a server: the operators add up to eleven characters for objects whose names have at most 63. */
const MAX_NAME = 52;
/** A DNS label as required for Services (RFC 1035): it starts with a letter. */
const DNS_LABEL = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
/** A valid Kubernetes label value (kubernetes.io/docs, Labels and Selectors). */
const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** An object name from the last part of an entry's name. */
export function objectName(serverName: string): string {
  const part = serverName.slice(serverName.lastIndexOf('/') + 1).toLowerCase();
  const plain = part.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-+/, '');
  const name = (/^[a-z]/.test(plain) ? plain : `mcp-${plain}`).slice(0, MAX_NAME).replace(/-+$/, '');
  return name === 'mcp' && plain === '' ? 'mcp-server' : name;
}

/** Whether a name is valid for an operator's object. */
export function isObjectName(name: string): boolean {
  return name.length <= MAX_NAME && DNS_LABEL.test(name);
}

/** A combined name: that of a server, and that of a variable or header. */
export function joinedName(name: string, other: string): string {
  const plain = other
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `${name}-${plain}`.slice(0, 253).replace(/-+$/, '');
}

/** Whether a text is a valid label value. */
export function isLabelValue(text: string): boolean {
  return LABEL_VALUE.test(text);
}

/**
 * The label that identifies an entry: the whole name with dots for slashes, else its last part. A registry accepts both (api/v1/registry/servers/deployed).
 * Undefined if neither is a valid label; the server is then identified only by its image or URL.
 */
export function serverLabel(serverName: string): string | undefined {
  return [serverName.replaceAll('/', '.'), serverName.slice(serverName.lastIndexOf('/') + 1)].find(isLabelValue);
}
