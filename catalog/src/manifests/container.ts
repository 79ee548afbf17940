import { upperFirst } from '../launch/choice.ts';
import { argsOf, containerPort } from '../launch/launch.ts';
import type { Refusal } from '../launch/reading.ts';
import type { PackageTarget, Target } from '../launch/target.ts';
import { inputsIn, textOf, type Fill } from '../launch/text.ts';
import type { Context } from './form.ts';

/** Why a target is not an image; undefined: it is one, or a remote. */
export function notAnImage(target: Target): Refusal | undefined {
  if (target.kind === 'remote' || (target.kind === 'package' && target.type === 'oci')) return undefined;
  return {
    reason: 'registry',
    message: `${upperFirst(target.about)} is not an image, and a cluster runs images`,
    remedy: 'Build an image of it, for example with "thv build", and list that in the catalog.',
  };
}

/** Arguments of a container. Secrets cannot be kept out of them. */
export function containerArgs(target: PackageTarget, { fill, warn }: Context): string[] {
  const secrets = target.arguments.flatMap(({ text = [] }) => inputsIn(text)).filter(({ secret }) => secret);
  const args = argsOf(target, fill);
  const shown = secrets.filter(({ key }) => args.some((arg) => arg.includes(`<${key}>`)));
  if (shown.length > 0)
    warn(`The server takes ${shown.map(({ key }) => key).join(', ')} as an argument, which everybody can read who may read the manifest.`);
  return args;
}

/** The port on which a container listens; undefined, with a warning: the entry names none, or only an unanswered input. */
export function portNumber(target: PackageTarget, { fill, warn }: Context): number | undefined {
  const port = target.endpoint === undefined ? undefined : containerPort(target, fill);
  if (port === undefined) return undefined;
  if (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535) return Number(port);
  warn('The port that the server listens on is not known: set it in the manifest.');
  return undefined;
}

/** The path on which it listens; undefined: unknown. */
export function pathOf({ endpoint }: PackageTarget, fill: Fill): string | undefined {
  const url = endpoint === undefined ? '' : (textOf(endpoint.url, fill) ?? '');
  const path = /^https?:\/\/[^/?#]*(\/[^?#\s]+)/i.exec(url)?.[1];
  return path;
}

/** Warns about options of `docker run`. A cluster has its own ways for mounts, limits and networks. */
export function warnAboutOptions({ options }: PackageTarget, warn: Context['warn']): void {
  const names = [...new Set(options.flatMap(({ name }) => (name === undefined || name === '-p' || name === '--publish' ? [] : [name])))];
  if (names.length > 0)
    warn(`The options ${names.join(', ')} of the entry are left out: set in the manifest what the server needs of them.`);
}
