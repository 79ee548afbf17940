import type { Credentials } from '../sources/secrets.ts';
import { SourceError } from '../sources/source-error.ts';

/** Credentials in the form in which HTTP takes them. */
export interface Authorization {
  /** The header's value. */
  readonly header: string;
  /** Texts that must not appear in messages or data. */
  readonly secrets: readonly string[];
}

/** Shorter secrets occur in texts by chance: a password such as "registry" must not cause a whole catalog to be refused. */
const MIN_SECRET_LENGTH = 12;

/** The header for credentials. Throws {@link SourceError} for credentials that HTTP cannot use. */
export function authorizationOf(credentials: Credentials): Authorization {
  switch (credentials.kind) {
    case 'bearer':
      return authorization('Bearer', credentials.token, [credentials.token]);
    case 'basic': {
      const { username, password } = credentials;
      const encoded = Buffer.from(`${username}:${password}`).toString('base64');
      return authorization('Basic', encoded, [password, encoded]);
    }
    default:
      throw new SourceError(
        'SecretNotFound',
        'the Secret that auth.secretRef names holds an SSH key; over HTTP use the keys username and password, or token',
      );
  }
}

function authorization(scheme: string, value: string, secrets: readonly string[]): Authorization {
  if (/[^\x21-\x7e]/.test(value))
    throw new SourceError(
      'SecretNotFound',
      'the token in the Secret that auth.secretRef names contains whitespace or control characters; correct it',
    );
  return { header: `${scheme} ${value}`, secrets: secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH) };
}

/** The text with every secret replaced: a server may have put one into an address that it redirects to. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
