import type { JsonObject } from '../../json.ts';
import { isSecret } from './secret.ts';

/** Values that configure how a program runs. Any other value may be a secret, or mean something on one machine only. */
const HARMLESS = /^(?:true|false|none|auto|stdio|sse|http|streamable-http|trace|debug|info|warn|warning|error)$/;
/** A subcommand: `serve`, `mcp-server`. */
const SUBCOMMAND = /^[a-z]{1,20}(?:-[a-z]{1,20}){0,3}$/;
const MAX_SUBCOMMANDS = 2;
/**
 * The name of a flag: one letter after one dash, or a word after two. Anything else that begins with a dash may be a value attached to its flag, `-psecret`.
 */
const FLAG = /^(?:-[A-Za-z]|--[A-Za-z][A-Za-z0-9-]{0,60})$/;

/** Arguments as inputs of a package. */
export interface Inputs {
  readonly inputs: JsonObject[];
  /** Whether values were left out, which the user has to provide. */
  readonly isAsked: boolean;
}

/**
 * What follows a package: leading subcommands, and the names of flags. Values become inputs: whether a flag's value or a standalone word is a secret is
 * unknown.
 */
export function argumentsOf(list: readonly string[]): Inputs {
  const inputs: JsonObject[] = [];
  let isAsked = false;
  let at = 0;
  while (at < Math.min(list.length, MAX_SUBCOMMANDS) && SUBCOMMAND.test(list[at] ?? '')) {
    inputs.push({ type: 'positional', value: list[at] ?? '' });
    at += 1;
  }
  for (; at < list.length; at += 1) {
    const { name, value } = splitFlag(list[at] ?? '');
    if (name === undefined) {
      isAsked = true;
      inputs.push({ type: 'positional', valueHint: 'argument', isRequired: true });
      continue;
    }
    const next = list[at + 1];
    const isNext = value === undefined && next !== undefined && !next.startsWith('-');
    const given = isNext ? next : value;
    if (isNext) at += 1;
    const asked = given !== undefined && !HARMLESS.test(given);
    isAsked ||= asked;
    inputs.push(namedInput(name, given));
  }
  return { inputs, isAsked };
}

/** A flag with its value, if that may be shown. */
export function namedInput(name: string, value: string | undefined): JsonObject {
  if (value === undefined) return { type: 'named', name };
  if (HARMLESS.test(value)) return { type: 'named', name, value };
  return { type: 'named', name, isRequired: true, ...(isSecret(name) ? { isSecret: true } : {}) };
}

/** `--flag=value`; without a name for anything that is not a flag. */
export function splitFlag(text: string): { readonly name?: string; readonly value?: string } {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (!FLAG.test(name)) return {};
  return equals < 0 ? { name } : { name, value: text.slice(equals + 1) };
}
