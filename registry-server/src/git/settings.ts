import type { Credentials } from '../sources/secrets.ts';
import type { Route } from './route.ts';

/** Names of the files in a workspace. Git and ssh run in it, and find them by these names. */
export const FILES = {
  gitConfig: 'gitconfig',
  certificates: 'ca.pem',
  sshConfig: 'ssh_config',
  privateKey: 'key',
  knownHosts: 'known_hosts',
  repository: 'repository.git',
} as const;

/** The settings of one remote, besides the constant ones. */
export interface RemoteSettings {
  readonly route: Route;
  /** For HTTP; absent if the host must not get them. */
  readonly credentials?: Credentials | undefined;
  /** Path of a file with certificates that the host is checked against. */
  readonly certificates?: string | undefined;
}

type Section = readonly [section: string, values: Readonly<Record<string, string>>];

/**
 * The only configuration that Git reads. It is a file with mode 0600 that goes away with its folder: arguments can be read by every user of the
 * machine (`/proc/PID/cmdline`), and an environment by every process of the same user and by everyone with access to a dump of the child.
 */
export function gitConfig({ route, credentials, certificates }: RemoteSettings): string {
  const { repository, address, proxy } = route;
  const isHttp = repository.scheme === 'http' || repository.scheme === 'https';
  const authorization = isHttp ? authorizationOf(credentials) : undefined;
  const sections: Section[] = [
    ['core', { hooksPath: '/dev/null', askPass: '', attributesFile: '/dev/null', fsmonitor: 'false', bigFileThreshold: '32m' }],
    ['credential', { helper: '' }],
    ['protocol', { allow: 'never', version: '2' }],
    [`protocol "${repository.scheme}"`, { allow: 'always' }],
    ['remote "origin"', { url: repository.url, tagOpt: '--no-tags' }],
    // No fsckObjects: old repositories have harmless faults, and nothing that it looks for can harm without files on disk.
    ['fetch', { unpackLimit: '1', recurseSubmodules: 'false', writeCommitGraph: 'false' }],
    ['transfer', { bundleURI: 'false' }],
    ['gc', { auto: '0' }],
    ['maintenance', { auto: 'false' }],
    ['pack', { threads: '1' }],
    ['ssh', { variant: 'ssh' }],
    // For file: repositories, where the remote is local as well.
    ['uploadpack', { allowFilter: 'true', allowAnySHA1InWant: 'true' }],
    [
      'http',
      {
        // A redirect is followed by us, with the address checked (redirect.ts).
        followRedirects: 'false',
        lowSpeedLimit: '100',
        lowSpeedTime: '20',
        maxRequests: '1',
        // Empty: none, whatever the environment says.
        proxy: proxy === undefined ? '' : proxy.url.href,
        ...(isHttp && address !== undefined ? { curloptResolve: `${repository.host}:${repository.port}:${address}` } : {}),
        ...(certificates === undefined ? {} : { sslCAInfo: certificates }),
      },
    ],
    ...(authorization === undefined ? [] : [authorizationSection(repository.url, authorization)]),
  ];
  return sections.map(([section, values]) => `[${section}]\n${Object.entries(values).map(setting).join('')}`).join('');
}

/** For the origin of the repository only. */
function authorizationSection(url: string, authorization: string): Section {
  return [`http "${new URL(url).origin}/"`, { extraHeader: `Authorization: ${authorization}` }];
}

/** The value of the header `Authorization` (RFC 7617, RFC 6750). */
function authorizationOf(credentials: Credentials | undefined): string | undefined {
  if (credentials?.kind === 'bearer') return `Bearer ${credentials.token}`;
  if (credentials?.kind !== 'basic') return undefined;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

function setting([name, value]: readonly [string, string]): string {
  return `\t${name} = "${value.replaceAll(/["\\]/g, String.raw`\$&`)}"\n`;
}

/** The ssh command. Constant, because Git passes it to a shell. Everything that depends on the remote is in the file. */
export const SSH_COMMAND = `ssh -F ${FILES.sshConfig}`;

/**
 * The only configuration that ssh reads: the key and the known hosts of the Secret, no agent, no files of a user. It connects to the address that
 * was checked, and checks the host by its name.
 */
export function sshConfig({ repository, address }: Route): string {
  const { host, port } = repository;
  const literal = host.replace(/^\[|\]$/g, '');
  const settings: Readonly<Record<string, string>> = {
    HostName: address ?? literal,
    // The form of known_hosts for other ports; an alias is looked for as it is.
    HostKeyAlias: port === 22 ? literal : `[${literal}]:${port}`,
    User: 'git',
    IdentityFile: FILES.privateKey,
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    UserKnownHostsFile: FILES.knownHosts,
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'yes',
    UpdateHostKeys: 'no',
    CheckHostIP: 'no',
    BatchMode: 'yes',
    PreferredAuthentications: 'publickey',
    CanonicalizeHostname: 'no',
    ClearAllForwardings: 'yes',
    PermitLocalCommand: 'no',
    ProxyCommand: 'none',
    ControlMaster: 'no',
    ControlPath: 'none',
    ServerAliveInterval: '10',
    ServerAliveCountMax: '2',
    LogLevel: 'ERROR',
  };
  return `Host *\n${Object.entries(settings)
    .map(([name, value]) => `  ${name} ${value}\n`)
    .join('')}`;
}
