import type { JsonObject } from '../../json.ts';
import { isSecret } from './secret.ts';

/** Values that say how a program is to run. Every other one may be somebody's secret, or means something on one machine only. */
const HARMLESS = /^(?:true|false|none|auto|stdio|sse|http|streamable-http|trace|debug|info|warn|warning|error)$/;
/** A word by which a program is told what to do: `serve`, `mcp-server`. */
const SUBCOMMAND = /^[a-z]{1,20}(?:-[a-z]{1,20}){0,3}$/;
const MAX_SUBCOMMANDS = 2;
/** The name of a flag: one letter behind one dash, or a word behind two. What else begins with a dash may be a value behind its flag, `-psecret`. */
const FLAG = /^(?:-[A-Za-z]|--[A-Za-z][A-Za-z0-9-]{0,60})$/;

/** Arguments as inputs of a package. */
export interface Inputs {
  readonly inputs: JsonObject[];
  /** Whether values were left out, which whoever runs it has to give. */
  readonly isAsked: boolean;
}

/**
 * What stands behind a package: the words that it begins with, and the names of flags. Values are asked for: of what follows a flag, or stands
 * alone, nobody knows whether it is a secret.
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

/** A flag with its value, if that may be known. */
export function namedInput(name: string, value: string | undefined): JsonObject {
  if (value === undefined) return { type: 'named', name };
  if (HARMLESS.test(value)) return { type: 'named', name, value };
  return { type: 'named', name, isRequired: true, ...(isSecret(name) ? { isSecret: true } : {}) };
}

/** `--flag=value`; without a name what is no flag. */
export function splitFlag(text: string): { readonly name?: string; readonly value?: string } {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (!FLAG.test(name)) return {};
  return equals < 0 ? { name } : { name, value: text.slice(equals + 1) };
}
