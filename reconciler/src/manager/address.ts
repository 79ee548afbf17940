/** Where to listen. Without host: on all addresses. */
export interface ListenAddress {
  readonly host: string | undefined;
  readonly port: number;
}

/** Reads `:8080`, `127.0.0.1:0` or `[::1]:8080`; port 0 lets the system choose. Throws a sentence on anything else. */
export function parseAddress(text: string): ListenAddress {
  const match = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<host>[^:[\]\s]*)):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.['port'] ?? Number.NaN);
  if (match === null || port > 65_535) throw new TypeError(`"${text}" is no address to listen on; write ":8080" or "127.0.0.1:8080"`);
  return { host: match.groups?.['v6'] || match.groups?.['host'] || undefined, port };
}
