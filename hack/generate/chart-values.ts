import { readFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import { valuePaths, type ValuesSchema } from '../chart/schema.ts';
import { markdownTable, withPart } from './markdown.ts';

/** A line of the table. */
export interface ValueRow {
  readonly path: string;
  /** As YAML; absent: it is a group of values. */
  readonly fallback?: string;
  readonly about: string;
}

/** The chart's README with the table of its values as it has to be. `chart` is the chart's folder. */
export function withValues(document: string, path: string, chart: URL): string {
  const text = readFileSync(new URL('values.yaml', chart), 'utf8');
  const schema = JSON.parse(readFileSync(new URL('values.schema.json', chart), 'utf8')) as ValuesSchema;
  const rows = valueRows(text, schema).map((row) => [
    `\`${row.path}\``,
    row.fallback === undefined ? '' : `\`${row.fallback}\``,
    row.about.replaceAll('|', String.raw`\|`),
  ]);
  return withPart(document, path, { word: 'values', from: 'values.yaml' }, markdownTable(['Value', 'Default', ''], rows));
}

/**
 * The values of a values.yaml in its order, each with the comment above it; a group has a line where it has a comment. Throws for a value that neither a
 * comment of its own nor the schema explains, as one of Kubernetes' own.
 */
export function valueRows(text: string, schema: ValuesSchema): ValueRow[] {
  const values = load(text);
  const comments = commentsOf(text);
  const leaves = new Set(valuePaths(schema));
  return [...comments].flatMap(([path, about]): ValueRow[] => {
    if (!leaves.has(path)) return about === '' || [...leaves].some((leaf) => path.startsWith(`${leaf}.`)) ? [] : [{ path, about }];
    if (about === '') throw new Error(`values.yaml: ${path} has no comment; say above it what it is for`);
    return [{ path, fallback: flow(valueAt(values, path)), about }];
  });
}

/** The comment right above each key, by its path, and '' where there is none. */
function commentsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const open: { readonly indent: number; readonly key: string }[] = [];
  let comment: string[] = [];
  for (const line of text.split('\n')) {
    const [, said] = /^\s*# ?(.*)$/.exec(line) ?? [];
    const [, space = '', key] = /^( *)([A-Za-z][A-Za-z0-9]*):(?: |$)/.exec(line) ?? [];
    if (said !== undefined) comment.push(said);
    else {
      if (key !== undefined) {
        while ((open.at(-1)?.indent ?? -1) >= space.length) open.pop();
        open.push({ indent: space.length, key });
        found.set(open.map((one) => one.key).join('.'), comment.join(' '));
      }
      comment = [];
    }
  }
  return found;
}

function valueAt(values: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], values);
}

/** A value on one line. */
function flow(value: unknown): string {
  return value === '' ? '""' : dump(value, { flowLevel: 0, lineWidth: -1 }).trim();
}
