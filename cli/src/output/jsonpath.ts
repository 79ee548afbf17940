import { JSONPath } from 'jsonpath-plus';
import { misuse } from '../program/failure.ts';
import { scalarText } from './scalar.ts';

/** A piece of a template: text that stands as it is, a path, or a range over what a path finds. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'range'; readonly path: string; readonly body: readonly Piece[] };

/**
 * Fills in a template as `kubectl -o jsonpath=` does (kubernetes.io, Reference, kubectl, JSONPath Support): `{.a.b}`, `{.items[*].name}`, `{"\n"}` and
 * `{range .items[*]}…{end}`. Filters such as `[?(@.type=="Ready")]` may compare, and can do nothing else. Throws a failure for a template that makes no
 * sense.
 */
export function fillIn(template: string, value: unknown): string {
  const { pieces, rest } = parse(tokens(template.includes('{') ? template : `{${template}}`), 0);
  if (rest !== undefined) throw misuse(`the template "${template}" has {end} without {range}`);
  return render(pieces, value);
}

function tokens(template: string): readonly (readonly [kind: 'text' | 'brace', text: string])[] {
  const found: [kind: 'text' | 'brace', text: string][] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    if (open < 0) return [...found, ['text', template.slice(at)]];
    if (open > at) found.push(['text', template.slice(at, open)]);
    const close = endOf(template, open + 1);
    if (close < 0) throw misuse(`the template "${template}" has a { without a }`, 'write paths as {.name}');
    found.push(['brace', template.slice(open + 1, close).trim()]);
    at = close + 1;
  }
  return found;
}

/** Where the brace closes; one in quotes does not count. */
function endOf(template: string, from: number): number {
  let quote: string | undefined;
  for (let at = from; at < template.length; at += 1) {
    const character = template[at];
    if (quote !== undefined) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '}') return at;
  }
  return -1;
}

function parse(all: ReturnType<typeof tokens>, from: number): { pieces: Piece[]; rest?: number } {
  const pieces: Piece[] = [];
  for (let at = from; at < all.length; at += 1) {
    const [kind, text] = all[at] ?? ['text', ''];
    if (kind === 'text') pieces.push({ kind, text });
    else if (text === 'end') return { pieces, rest: at };
    else if (/^range\s/.test(text)) {
      const { pieces: body, rest } = parse(all, at + 1);
      if (rest === undefined) throw misuse(`{${text}} has no {end}`);
      pieces.push({ kind: 'range', path: text.slice('range'.length).trim(), body });
      at = rest;
    } else if (/^(["']).*\1$/s.test(text)) pieces.push({ kind: 'text', text: unquoted(text) });
    else pieces.push({ kind: 'path', path: text });
  }
  return { pieces };
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter);
}

function render(pieces: readonly Piece[], value: unknown): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'path') return find(piece.path, value).map(scalarText).join(' ');
      return find(piece.path, value)
        .map((one) => render(piece.body, one))
        .join('');
    })
    .join('');
}

function find(path: string, value: unknown): unknown[] {
  // kubectl's own way of a dot within a key: `{.metadata.annotations.example\\.com/x}`.
  const plain = path.replace(/\.((?:[^.[\]\\]|\\.)+)/g, (whole, key: string) =>
    key.includes('\\.') ? `['${key.replaceAll('\\.', '.')}']` : whole,
  );
  const rooted = plain === '' || plain === '@' ? '$' : `$${plain.replace(/^[$@]/, '').replace(/^(?=[^.[])/, '.')}`;
  try {
    const found: unknown = JSONPath({ path: rooted, json: value as object, wrap: true, eval: 'safe' });
    return Array.isArray(found) ? found : [];
  } catch (cause) {
    throw misuse(
      `the path {${path}} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      'write it as {.items[*].name}',
    );
  }
}
