import { textOf, type Field } from './field.ts';
import type { Location, Surroundings } from './location.ts';
import { resolveFile } from './mounts.ts';
import { objectNameOf } from './names.ts';
import { isSecretKey, isUserName, loginCommand, type SecretKey } from './secrets.ts';
import { compact, NOTHING_TO_DO, type Fields } from './types.ts';

/** Reads a repository; what it is asked with becomes a Secret of our shape. */
export function gitOf(block: Field, around: Surroundings): Location | undefined {
  const found = repositoryOf(block.get('repository'), around);
  const ref = refOf(block, around.refs);
  const path = textOf(block.get('path'));
  const auth = authOf(block.get('auth'), around) ?? found?.auth;
  if (found === undefined) return undefined;
  return {
    type: 'git',
    block: compact({ repository: found.address, ...ref, path: path === '' ? undefined : path }),
    ...(auth === undefined ? {} : { auth }),
  };
}

function repositoryOf(field: Field | undefined, around: Surroundings): Address | undefined {
  if (typeof field?.value !== 'string') return addressOf(field, around);
  const { value } = field;
  if (value.startsWith('git://')) {
    field.note('changed', 'the protocol git:// is not supported here; https:// replaces it', 'check that the host also answers over HTTPS');
    return { address: value.replace(/^git:\/\/(?:[^/?#]*@)?/u, 'https://') };
  }
  if (value.startsWith('file:')) {
    field.note('todo', 'a repository on disk is read on a laptop only', 'name an address that a pod can reach');
    return { address: value };
  }
  return addressOf(field, around);
}

/** An address, and the Secret that takes the place of what it had in it. */
export interface Address {
  readonly address: string;
  readonly auth?: Fields;
}

/** An address without the user and password in it, which a source has in a Secret here. */
export function addressOf(field: Field | undefined, around: Surroundings): Address | undefined {
  const { value } = field ?? {};
  // A user alone is no secret of SSH.
  const bare = typeof value === 'string' ? withoutCredentials(value) : undefined;
  if (bare === value || bare === undefined) {
    const address = textOf(field);
    return address === undefined ? undefined : { address };
  }
  field?.note(
    'todo',
    'contains credentials, which belong in a Secret here; they are left out',
    'create the Secret; write each part to a FILE first',
    commandOf(around, undefined),
  );
  return { address: bare, auth: { secretRef: { name: loginName(around) } } };
}

function withoutCredentials(address: string): string {
  return address.replace(/^(https?:\/\/)[^/?#]*@/iu, '$1').replace(/^(ssh:\/\/[^/?#@:]*):[^/?#]*@/iu, '$1@');
}

/** Of a branch, a tag and a commit the one that counted; ours takes one only. */
function refOf(git: Field, order: Surroundings['refs']): Fields {
  const written = order.flatMap((name) => {
    const field = git.get(name);
    return field === undefined || field.value === '' ? [] : [{ name, field }];
  });
  for (const name of order) if (git.get(name)?.value === '') git.get(name)?.take();
  const [first, ...others] = written;
  for (const { field } of others) {
    field.note('dropped', `was ignored because of ${first?.name}`, NOTHING_TO_DO);
  }
  const value = textOf(first?.field);
  return first === undefined || value === undefined ? {} : { [first.name]: value };
}

/** User name and password: ToolHive has the name in the manifest and the password in a Secret's key, or in a file mounted from one. */
function authOf(auth: Field | undefined, around: Surroundings): Fields | undefined {
  if (auth === undefined) return undefined;
  const user = auth.get('username');
  const username = typeof user?.value === 'string' ? user.value : undefined;
  const password = secretOf(auth, around);
  if (password === undefined) {
    auth.note(
      'todo',
      'the password is not in any Secret that could be found',
      'create one; write the password to a FILE first',
      commandOf(around, username),
    );
    return { secretRef: { name: loginName(around) } };
  }
  // A Secret with the key `password` alone is asked with the user "git".
  if (password.key === 'password' && (username === undefined || username === 'git')) {
    auth.note(
      'changed',
      `Secret ${password.name} is used as it is, with its key password and the user git`,
      'check that it has none of the other keys username, token and ssh-privatekey: they would be used as well',
    );
    return { secretRef: { name: password.name } };
  }
  const shown = username !== undefined && isUserName(username) ? `user ${username}, ` : '';
  auth.note(
    'todo',
    `a source names a Secret with the keys username and password here; there were ${shown}key ${password.key} of Secret ${password.name}`,
    'create that Secret',
    commandOf(around, username, password),
  );
  return { secretRef: { name: loginName(around) } };
}

/** The Secret's key that holds the password. */
function secretOf(auth: Field, { mounts, uses }: Surroundings): SecretKey | undefined {
  const reference = auth.get('passwordSecretRef');
  const [name, key] = [reference?.get('name')?.value, reference?.get('key')?.value];
  if (typeof name === 'string' && typeof key === 'string') return valid({ name, key });
  const file = auth.get('passwordFile')?.value;
  const resolved = typeof file === 'string' ? resolveFile(file, mounts) : undefined;
  if (resolved?.kind !== 'Secret') return undefined;
  uses(resolved.mount, 'named');
  return valid(resolved);
}

function valid({ name, key }: SecretKey): SecretKey | undefined {
  return isSecretKey({ name, key }) ? { name, key } : undefined;
}

function commandOf(around: Surroundings, username: string | undefined, password?: SecretKey): string {
  const { namespace } = around.object;
  return loginCommand({
    name: loginName(around),
    ...(namespace === undefined ? {} : { namespace }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  });
}

function loginName({ object, source }: Surroundings): string {
  return objectNameOf(object.name, source, 'login');
}
