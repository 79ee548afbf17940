import { asText, type Json } from '../../json.ts';
import { imageOfRun } from './docker-run.ts';
import type { Found, Problem } from './found.ts';
import { registryPackage, type Runner } from './registry-package.ts';

const NPX: Runner = { registryType: 'npm', runtimeHint: 'npx', withValue: /^(?:-p|--package)$/, naming: /^(?:-p|--package)$/ };
const UVX: Runner = { registryType: 'pypi', runtimeHint: 'uvx', withValue: /^(?:--from|--with|--python|-p)$/, naming: /^--from$/ };
const PIPX: Runner = { registryType: 'pypi', runtimeHint: 'uvx', withValue: /^--(?:spec|python)$/, naming: /^--spec$/ };
const DNX: Runner = { registryType: 'nuget', runtimeHint: 'dnx', withValue: /^--(?:version|source)$/ };

/**
 * What a command runs, as a package: `docker run [flags] IMAGE`, `npx PACKAGE`, `uvx PACKAGE`, `pipx run PACKAGE`, and relatives of theirs. Another
 * command is something on one machine, which no catalog can offer.
 */
export function packageOfCommand(command: string, args: Json | undefined): Found | Problem {
  const list = Array.isArray(args) ? args.flatMap((one) => asText(one) ?? []) : [];
  const program = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1).replace(/\.(?:exe|cmd|bat)$/i, '');
  // On Windows npx is started by the shell.
  if (program === 'cmd' && list[0]?.toLowerCase() === '/c' && list[1] !== undefined) return packageOfCommand(list[1], list.slice(2));
  switch (program) {
    case 'docker':
    case 'podman':
      return imageOfRun(list);
    case 'npx':
    case 'bunx':
      return registryPackage(NPX, list);
    case 'pnpm':
    case 'yarn':
      return list[0] === 'dlx' ? registryPackage(NPX, list.slice(1)) : unknown(command);
    case 'uvx':
      return registryPackage(UVX, list);
    case 'uv':
      return list[0] === 'tool' && list[1] === 'run' ? registryPackage(UVX, list.slice(2)) : unknown(command);
    case 'pipx':
      return list[0] === 'run' ? registryPackage(PIPX, list.slice(1)) : unknown(command);
    case 'dnx':
      return registryPackage(DNX, list);
    default:
      return unknown(command);
  }
}

function unknown(command: string): Problem {
  return {
    problem: `what "${command.slice(0, 100)}" runs is known on that machine only; a catalog can offer what docker run, npx, uvx or pipx run start, or a "url"`,
  };
}
