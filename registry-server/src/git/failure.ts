import type { SourceReason } from '@toolhive-registry/api';
import type { Credentials } from '../sources/secrets.ts';
import { SourceError } from '../sources/source-error.ts';
import { GitFailure } from './program.ts';

/** Longest part of what the other side says that is passed on. */
const MAX_ECHO = 200;
/** Shorter secrets cannot be removed from a text without garbling it: then the text is left out. */
const MIN_SECRET = 4;

/** What Git, curl and ssh say in the C locale, and what it means. The first row that fits counts. */
const MEANINGS: readonly (readonly [says: RegExp, reason: SourceReason, message: string])[] = [
  [/promisor remote|lazy fetching disabled/, 'SourceUnreachable', 'what it sends is incomplete'],
  [
    /Host key verification failed|host key is known|HOST IDENTIFICATION HAS CHANGED/,
    'SourceUnreachable',
    'its host key is not the one in the Secret\'s known_hosts; check it, and add what "ssh-keyscan HOST" prints',
  ],
  [
    /error in libcrypto|invalid format|incorrect passphrase/,
    'AuthenticationFailed',
    'the key ssh-privatekey of the Secret cannot be used; store a private key without a passphrase',
  ],
  [
    /Permission denied \(|Too many authentication failures/,
    'AuthenticationFailed',
    'the key is refused; give it read access, or correct ssh-privatekey in the Secret',
  ],
  [
    /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled/,
    'AuthenticationFailed',
    'it requires other credentials, or does not exist; correct auth.secretRef or git.repository',
  ],
  [
    /returned error: (?:401|403)\b/,
    'AuthenticationFailed',
    'access is refused; correct the Secret that auth.secretRef names, or its permissions',
  ],
  [/couldn't find remote ref/, 'SourceNotFound', 'it has no such branch or tag; correct git.branch or git.tag'],
  [/not our ref|unadvertised object|bad object|not a valid object name/, 'SourceNotFound', 'it has no such commit; correct git.commit'],
  [/dubious ownership/, 'SourceUnreadable', 'it belongs to another user; run the server as its owner'],
  [
    /does not appear to be a git repository|not a git repository|[Rr]epository .*not found|Repository not found|returned error: (?:404|410)\b/,
    'SourceNotFound',
    'it does not exist, or these credentials do not give access to it; correct git.repository',
  ],
  [
    /No space left on device|Disk quota exceeded/,
    'StorageFailed',
    'there is no space left in the temporary folder; free some, or name another with --temp-path',
  ],
  [/over limit \d+/, 'SourceTooLarge', 'an object takes too much memory to unpack; move the catalog to its own repository'],
  [
    /cannot run ssh|ssh: (?:command )?not found|unable to fork/,
    'UnsupportedSource',
    'the program "ssh" is not on the PATH; install openssh-client',
  ],
  [/transport '.*' not allowed/, 'AddressRefused', 'it uses a transport that is not allowed; use https://, ssh:// or git@HOST:PATH'],
  [
    /certificate|SSL|TLS|gnutls/,
    'SourceUnreachable',
    'its certificate or TLS cannot be trusted; name the authority in tls.caSecretRef or tls.caConfigMapRef',
  ],
];

/**
 * What a failure means for the source. Errors that are no {@link GitFailure} pass as they are.
 *
 * @param what the repository, for messages
 */
export function sourceErrorOf(error: unknown, what: string, secrets: readonly string[]): unknown {
  if (!(error instanceof GitFailure)) return error;
  const { stderr } = error;
  const echo = echoOf(stderr, secrets);
  const said = echo === '' ? '' : ` (git: ${echo})`;
  const [, reason, message] = MEANINGS.find(([says]) => says.test(stderr)) ?? [
    undefined,
    'SourceUnreachable' as const,
    'it cannot be read',
  ];
  return new SourceError(reason, `${what}: ${message}${said}`, { cause: error });
}

/** Every form in which a server could echo credentials. */
export function secretsOf(credentials: Credentials | undefined): readonly string[] {
  if (credentials === undefined) return [];
  if (credentials.kind === 'bearer') return forms(credentials.token);
  if (credentials.kind === 'ssh')
    return credentials.privateKey.split('\n').filter((line) => line.length >= 16 && !line.startsWith('-----'));
  const { username, password } = credentials;
  return [...forms(`${username}:${password}`), ...forms(password)];
}

function forms(secret: string): string[] {
  return [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('base64url'), encodeURIComponent(secret)];
}

/** An error about the target of a redirect: the server chooses it, and may build it from what it was sent. */
export function redirectErrorOf(error: unknown, what: string, secrets: readonly string[]): unknown {
  if (!(error instanceof SourceError)) return error;
  return new SourceError(error.reason, withoutSecrets(`${what} redirects elsewhere: ${error.message}`, secrets));
}

/** Host names come in lower case, whatever was sent. The longest first: one may be a part of another. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, secret) => left.replaceAll(new RegExp(RegExp.escape(secret), 'gi'), '***'), text);
}

/** The prefix of text from the server, and what Git adds after every failure of ssh. */
const SAYS_NOTHING = /^(?:remote|warning|hint):|^fatal: Could not read from remote|^Please make sure|^and the repository exists/;

/** The line that says why, in printable ASCII and without secrets. */
function echoOf(stderr: string, secrets: readonly string[]): string {
  if (secrets.some((secret) => secret.length < MIN_SECRET)) return '';
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== '' && !SAYS_NOTHING.test(line));
  const line = lines.find((candidate) => /^(?:fatal|error|ERROR):/.test(candidate)) ?? lines[0] ?? '';
  const printable = withoutSecrets(line, secrets)
    .replaceAll(/[^ -~]+/g, ' ')
    .replaceAll(/\/\/[^/@\s]*@/g, '//***@')
    .replaceAll(/\b(?:Basic|Bearer)\s+\S+/gi, '***')
    .trim();
  return printable.length <= MAX_ECHO ? printable : `${printable.slice(0, MAX_ECHO)}...`;
}
