import type { Json } from '../../json.ts';
import { imageOfRun } from './docker-run.ts';
import type { Found, Problem } from './found.ts';
import { registryPackage, type Runner } from './registry-package.ts';

const NPM_PACKAGE = /^(?<name>(?:@[a-z0-9~-][\w.~-]{0,100}\/)?[a-zA-Z0-9~-][\w.~-]{0,200})(?:@(?<version>[\w.^~+-]{1,60}))?$/;
const PYPI_PACKAGE = /^(?<name>[A-Za-z0-9][\w.-]{0,200}(?:\[[\w,.-]{1,100}\])?)(?:(?:@|==)(?<version>[\w.+!-]{1,60}))?$/;
const NPX: Runner = {
  registryType: 'npm',
  runtimeHint: 'npx',
  withValue: /^(?:-p|--package|-c|--call|--registry|--cache|--userconfig|-w|--workspace)$/,
  naming: /^(?:-p|--package)$/,
  pattern: NPM_PACKAGE,
};
const UVX: Runner = {
  registryType: 'pypi',
  runtimeHint: 'uvx',
  withValue:
    /^(?:--from|--with|--with-editable|--python|-p|-i|--index|--index-url|--extra-index-url|--default-index|-f|--find-links|--env-file)$/,
  naming: /^--from$/,
  pattern: PYPI_PACKAGE,
};
const PIPX: Runner = {
  registryType: 'pypi',
  runtimeHint: 'uvx',
  withValue: /^(?:--spec|--python|--pip-args|-i|--index-url)$/,
  naming: /^--spec$/,
  pattern: PYPI_PACKAGE,
};
const DNX: Runner = {
  registryType: 'nuget',
  runtimeHint: 'dnx',
  withValue: /^--(?:version|source|add-source|configfile)$/,
  pattern: /^(?<name>[A-Za-z0-9_][\w.-]{0,200})(?:@(?<version>[\w.+-]{1,60}))?$/,
};

/**
 * The package that a command runs: `docker run [flags] IMAGE`, `npx PACKAGE`, `uvx PACKAGE`, `pipx run PACKAGE`, and similar commands. Any other command means
 * something on one machine only, and cannot be in a catalog.
 */
export function packageOfCommand(command: string, args: Json | undefined): Found | Problem {
  if (/\s/.test(command.replaceAll('\\', '/').replace(/^.*\//, '')))
    return { problem: '"command" must be only the program; its arguments go into "args", one text each' };
  if (args !== undefined && (!Array.isArray(args) || args.some((one) => typeof one !== 'string')))
    return { problem: '"args" must be a list of texts' };
  return packageOf(command, texts(args));
}

function texts(args: Json | undefined): string[] {
  return Array.isArray(args) ? args.filter((one) => typeof one === 'string') : [];
}

function packageOf(command: string, list: readonly string[]): Found | Problem {
  const program = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1).replace(/\.(?:exe|cmd|bat)$/i, '');
  // On Windows npx is started by the shell.
  if (program === 'cmd' && list[0]?.toLowerCase() === '/c' && list[1] !== undefined) return packageOf(list[1], list.slice(2));
  switch (program) {
    case 'docker':
    case 'podman':
      return imageOfRun(list);
    case 'npx':
    case 'bunx':
      return registryPackage(NPX, list);
    case 'pnpm':
    case 'yarn':
      return list[0] === 'dlx' ? registryPackage(NPX, list.slice(1)) : unknown(program);
    case 'uvx':
      return registryPackage(UVX, list);
    case 'uv':
      return list[0] === 'tool' && list[1] === 'run' ? registryPackage(UVX, list.slice(2)) : unknown(program);
    case 'pipx':
      return list[0] === 'run' ? registryPackage(PIPX, list.slice(1)) : unknown(program);
    case 'dnx':
      return registryPackage(DNX, list);
    default:
      return unknown(program);
  }
}

function unknown(program: string): Problem {
  const what = /^[\w.+-]{1,40}$/.test(program) ? `"${program}"` : 'the command';
  return {
    problem: `what ${what} runs is known on that machine only; a catalog can offer what docker run, npx, uvx or pipx run start, or a "url"`,
  };
}
