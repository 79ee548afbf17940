import { SourceError } from '../sources/source-error.ts';

/** The supported transports; Git has more, and some of them run programs (`ext::`). */
export type Scheme = 'https' | 'http' | 'ssh' | 'file';

/** Where a repository is. */
export interface RepositoryAddress {
  readonly scheme: Scheme;
  /** As Git takes it. Without credentials. */
  readonly url: string;
  /** Host name or literal address, IPv6 in brackets; '' for files. */
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORTS: Readonly<Record<Scheme, number>> = { https: 443, http: 80, ssh: 22, file: 0 };
/** `git@host:path`, the short form of ssh. */
const SHORT_SSH = /^[A-Za-z0-9_][\w.-]*@([A-Za-z0-9][A-Za-z0-9.-]*):(?!:)[!-~]+$/;
/** A host becomes a line of a configuration file, so it must not contain anything but a name. */
const HOST = /^(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$/;

/** Reads the address of a repository. Throws {@link SourceError} for one that is not of an allowed form; it does not quote credentials. */
export function parseRepository(repository: string): RepositoryAddress {
  const short = SHORT_SSH.exec(repository)?.[1];
  if (short !== undefined) return { scheme: 'ssh', url: repository, host: short, port: DEFAULT_PORTS.ssh };
  const scheme = /^(https?|ssh|file):\/\//.exec(repository)?.[1] as Scheme | undefined;
  if (scheme === undefined || !/^[!-~]+$/.test(repository)) {
    throw refused('the repository is not at an https://, http://, ssh://, git@HOST:PATH or file:/// address; correct git.repository');
  }
  if (!URL.canParse(repository)) throw refused('the address of the repository cannot be read; correct git.repository');
  const url = new URL(repository);
  if (scheme === 'file') {
    if (url.host !== '') throw refused('a file: repository has no host; write file:///PATH');
    return { scheme, url: repository, host: '', port: 0 };
  }
  if (url.password !== '' || (scheme !== 'ssh' && url.username !== '')) {
    throw refused('the address of the repository contains credentials; put them in a Secret and name it in auth.secretRef');
  }
  if (!HOST.test(url.hostname)) throw refused('the host of the repository is not a valid host name; correct git.repository');
  const port = url.port === '' ? DEFAULT_PORTS[scheme] : Number(url.port);
  // Canonical: an unusual spelling must not make Git see another host than the one that is checked.
  return { scheme, url: scheme === 'ssh' ? repository : url.href, host: url.hostname, port };
}

/** Whether two repositories are on the same host in the sense of RFC 6454: credentials for one may be sent to the other. */
export function isSameOrigin(a: RepositoryAddress, b: RepositoryAddress): boolean {
  return a.scheme === b.scheme && a.host === b.host && a.port === b.port;
}

function refused(message: string): SourceError {
  return new SourceError('AddressRefused', message);
}
