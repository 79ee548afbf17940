/** Longest text of a server's that is kept; what is longer is not a sensible validator. */
const MAX_LENGTH = 1024;

/** The validator of a file, as one text to be stored. Undefined: the server sends none. */
export function validatorOf(header: (name: string) => string | undefined): string | undefined {
  const etag = usable(header('etag'));
  const lastModified = usable(header('last-modified'));
  if (etag === undefined && lastModified === undefined) return undefined;
  return JSON.stringify({ etag, lastModified });
}

/**
 * The header fields that ask for anything newer. Both are sent where both are known: a server that knows tags ignores the date
 * (RFC 9110, 13.1.3).
 */
export function conditionOf(validator: string | undefined): Readonly<Record<string, string>> | undefined {
  const { etag, lastModified } = parse(validator);
  const fields = {
    ...(typeof etag === 'string' ? { 'if-none-match': etag } : {}),
    ...(typeof lastModified === 'string' ? { 'if-modified-since': lastModified } : {}),
  };
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function parse(validator: string | undefined): { etag?: unknown; lastModified?: unknown } {
  if (validator === undefined) return {};
  try {
    return JSON.parse(validator) as { etag?: unknown; lastModified?: unknown };
  } catch {
    // Of another version of this program: the file is read again.
    return {};
  }
}

/** Printable ASCII: anything else could not be sent back. */
function usable(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= MAX_LENGTH && /^[\x20-\x7e]+$/.test(value) ? value : undefined;
}
