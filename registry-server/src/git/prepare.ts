import { getCACertificates } from 'node:tls';
import type { Credentials } from '../sources/secrets.ts';
import { SourceError } from '../sources/source-error.ts';
import { isSameOrigin, type RepositoryAddress } from './address.ts';
import { routeTo, type RouteRules } from './route.ts';
import { FILES, gitConfig, sshConfig } from './settings.ts';
import type { Workspace } from './workspace.ts';

/** What is known of a remote before it is asked. */
export interface RemoteAccess {
  /** As the manifest has it. */
  readonly address: RepositoryAddress;
  readonly credentials?: Credentials | undefined;
  readonly certificates?: string | undefined;
}

/**
 * Writes what Git and ssh need into the workspace, for the repository at an address: that of the manifest, or one it redirects to. Credentials are
 * for the manifest's origin only. Throws {@link SourceError}.
 */
export async function prepare(access: RemoteAccess, target: RepositoryAddress, workspace: Workspace, rules: RouteRules): Promise<void> {
  const { credentials, certificates } = access;
  checkCredentials(access);
  const route = await routeTo(target, rules);
  const isTls = target.scheme === 'https' && certificates !== undefined;
  if (isTls) await workspace.write(FILES.certificates, [...new Set([...systemCertificates(), certificates])].join('\n'));
  await workspace.write(
    FILES.gitConfig,
    gitConfig({
      route,
      credentials: isSameOrigin(access.address, target) ? credentials : undefined,
      certificates: isTls ? `${workspace.path}/${FILES.certificates}` : undefined,
    }),
  );
  if (target.scheme !== 'ssh' || credentials?.kind !== 'ssh') return;
  await workspace.write(FILES.sshConfig, sshConfig(route));
  await workspace.write(FILES.knownHosts, lines(credentials.knownHosts ?? ''));
  // ssh requires the final line end, which is often lost on the way into a Secret.
  await workspace.write(FILES.privateKey, lines(credentials.privateKey));
}

/** Each transport has its own kind of credentials; the wrong kind must not look like a rejection by the host. */
function checkCredentials({ address, credentials }: RemoteAccess): void {
  const isSsh = address.scheme === 'ssh';
  const wrong = (message: string): SourceError => new SourceError('SecretNotFound', message);
  if (isSsh && credentials?.kind !== 'ssh') {
    throw wrong('a repository over ssh needs a Secret with the keys ssh-privatekey and known_hosts; name it in auth.secretRef');
  }
  if (credentials === undefined || address.scheme === 'file') return;
  if (credentials.kind === 'ssh') {
    if (!isSsh)
      throw wrong(`the Secret has an ssh-privatekey but the repository is at ${address.scheme}://; use username and password, or token`);
    if (credentials.knownHosts === undefined || credentials.knownHosts.trim() === '') {
      const port = address.port === 22 ? '' : `-p ${address.port} `;
      throw wrong(
        `the Secret lacks the key known_hosts, without which the host cannot be verified; add what "ssh-keyscan ${port}${address.host}" prints, after checking it`,
      );
    }
    return;
  }
  const [field, value] = credentials.kind === 'bearer' ? ['token', credentials.token] : ['username', credentials.username];
  if (/\p{Cc}/u.test(value)) throw wrong(`"${field}" of the Secret has line breaks or control characters; store it without`);
  if (credentials.kind === 'basic' && value.includes(':'))
    throw wrong('"username" of the Secret has a colon, which RFC 7617 does not allow; correct it');
}

function lines(text: string): string {
  return `${text.replaceAll('\r\n', '\n').trimEnd()}\n`;
}

/** The system's authorities, and those of NODE_EXTRA_CA_CERTS. */
function systemCertificates(): string[] {
  const system = [...getCACertificates('system'), ...getCACertificates('extra')];
  return system.length === 0 ? getCACertificates('bundled') : system;
}
