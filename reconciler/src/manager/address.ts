/** A listen address. Without host: on all interfaces. */
export interface ListenAddress {
  readonly host: string | undefined;
  readonly port: number;
}

/** Parses `:8080`, `127.0.0.1:0` or `[::1]:8080`; port 0 lets the system choose. Throws for anything else. */
export function parseAddress(text: string): ListenAddress {
  const match = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<host>[^:[\]\s]*)):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.['port'] ?? Number.NaN);
  if (match === null || port > 65_535) throw new TypeError(`"${text}" is not a listen address; write ":8080" or "127.0.0.1:8080"`);
  return { host: match.groups?.['v6'] || match.groups?.['host'] || undefined, port };
}
