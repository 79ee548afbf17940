import { isObject } from '@toolhive-registry/api';
import { dump, DUMP_SCHEMA } from 'js-yaml';
import type { Migrations } from './documents.ts';
import { NOTHING_TO_DO, type Era, type Migration, type Note } from './types.ts';

/** Longest text that is written as YAML: the writer recurses over the characters of longer ones. */
const MAX_TEXT = 256 * 1024;

/** What a manifest of an era is called. */
const ERAS: Readonly<Record<Era, string>> = {
  source: "ToolHive's form of autumn 2025, with one source",
  registries: "ToolHive's form of winter 2025, with registries",
  sources: "ToolHive's form of April 2026, with sources and registries",
  configYAML: "ToolHive's form since April 2026, with configYAML",
  current: 'in our own form',
};

/**
 * Writes registries and their companions as YAML documents, each with its notes as comments above it. The documents can be applied as they are;
 * the same input gives the same text.
 */
export function writeMigrations({ migrations, notes }: Migrations): string {
  const parts = migrations.flatMap(partsOf);
  const head = notes.length === 0 ? [] : [comment(notes.flatMap(linesOf))];
  return [...head, ...parts].join('---\n');
}

/** The documents of one manifest. */
function partsOf(migration: Migration): string[] {
  const { registries, companions, notes } = migration;
  const [first, ...others] = registries;
  const elsewhere = new Set(others.map(({ metadata }) => metadata.name));
  const own = notes.filter(({ registry }) => registry === undefined || !elsewhere.has(registry));
  return [
    `${comment([titleOf(migration), ...own.flatMap(linesOf)])}${first === undefined ? '' : documentText(first)}`,
    ...others.map((registry) => {
      const said = notes.filter((note) => note.registry === registry.metadata.name);
      return `${comment(said.flatMap(linesOf))}${documentText(registry)}`;
    }),
    ...companions.map((companion) => documentText(companion)),
  ];
}

function titleOf({ from, era, registries, appliesUnchanged }: Migration): string {
  const what = era === undefined ? '' : ` (${ERAS[era]})`;
  if (registries.length === 0) return `From ${from}${what}; nothing could be carried over.`;
  return `From ${from}${what}${appliesUnchanged ? '; it can be read here as it is' : ''}.`;
}

function linesOf({ level, path, value, message, remedy, command }: Note): string[] {
  const where = [path, value].filter((part) => part !== undefined && part !== '').join(' ');
  return [
    `${level} ${where}: ${message}.`,
    ...(remedy === NOTHING_TO_DO ? [] : [`  ${remedy}${command === undefined ? '.' : ':'}`]),
    ...(command === undefined ? [] : [`    ${command}`]),
  ];
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `# ${printable(line)}\n`).join('');
}

/** A line without line ends: the content of a manifest must not escape from a comment. */
function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`);
}

function documentText(object: object): string {
  const value = written(object);
  // JSON is YAML as well.
  if (hasLongText(value)) return `${escaped(JSON.stringify(value, undefined, 2))}\n`;
  return dump(value, { schema: DUMP_SCHEMA, lineWidth: -1, noRefs: true });
}

/** Line ends of YAML 1.1 that JSON does not escape. */
function escaped(json: string): string {
  return json.replaceAll(/[\u0085\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A value without lone surrogates, which no file can hold. */
function written(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(written);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), written(member)]));
}

function hasLongText(value: unknown): boolean {
  if (typeof value === 'string') return value.length > MAX_TEXT;
  if (Array.isArray(value)) return value.some(hasLongText);
  return isObject(value) && Object.entries(value).some(([key, member]) => key.length > MAX_TEXT || hasLongText(member));
}
