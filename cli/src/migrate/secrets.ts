import { shellQuote } from '@toolhive-registry/catalog/clients';

/** A key of a Secret. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** A Secret of the shape that `auth.secretRef` wants, to be made. */
export interface Login {
  /** Name of the Secret that is made. */
  readonly name: string;
  readonly namespace?: string;
  /** Absent: the user has it. */
  readonly username?: string;
  /** Where the password is now; absent: the user has it. */
  readonly password?: SecretKey;
}

/**
 * The command that makes a Secret with `username` and `password`. The password goes through a pipe or a file: it is in no argument, which others on the
 * machine could see, and on no screen.
 */
export function loginCommand({ name, namespace, username, password }: Login): string {
  const where = namespace === undefined ? '' : ` --namespace ${shellQuote(namespace)}`;
  const user =
    username !== undefined && isUserName(username) ? `--from-literal=username=${shellQuote(username)}` : '--from-file=username=FILE';
  const create = `kubectl create secret generic ${shellQuote(name)}${where} ${user}`;
  if (password === undefined) return `${create} --from-file=password=FILE`;
  const template = `{{index .data ${JSON.stringify(password.key)} | base64decode}}`;
  return `kubectl get secret ${shellQuote(password.name)}${where} -o go-template=${shellQuote(template)} | ${create} --from-file=password=/dev/stdin`;
}

/** Whether this is a valid reference to a Secret: anything else must not end up in a command. */
export function isSecretKey({ name, key }: SecretKey): boolean {
  return /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/u.test(name) && /^[-._a-zA-Z0-9]+$/u.test(key);
}

/** Hosts take a token in place of the user's name, too; one is not repeated. */
export function isUserName(text: string): boolean {
  return /^[\w.+-]{1,39}(?:@[\w.-]{1,200})?$/u.test(text) && !/^(?:gh[a-z]_|github_pat_|gl[a-z]+-|x-token|eyJ)/u.test(text);
}
