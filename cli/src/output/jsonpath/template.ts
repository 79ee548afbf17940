import { misuse } from '../../program/failure.ts';
import { scalarText } from '../scalar.ts';
import { find, readPath, type Path } from './path.ts';

/** A template that was read: text that stands as it is, paths, and ranges over what a path finds. */
export type Template = readonly Piece[];

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'range'; readonly path: Path; readonly body: Template };

/** Text outside of braces, or what is in a pair of them. */
type Token = readonly [kind: 'text' | 'brace', text: string];

/** Up to the brace that closes; one in quotes does not count. */
const BRACE = /\{((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^"'}])*)\}/gs;

/**
 * Reads a template as `kubectl -o jsonpath=` does (kubernetes.io, Reference, kubectl, JSONPath Support): text with `{.a.b}`, `{.items[*].name}`, `{"\n"}`
 * and `{range .items[*]}…{end}` in it. One path alone may stand without braces. Throws a failure for one that makes no sense.
 */
export function readTemplate(template: string): Template {
  if (!template.includes('{')) return [{ kind: 'path', path: readPath(template) }];
  const { pieces, rest } = parse(tokens(template), 0);
  if (rest !== undefined) throw misuse(`the template "${template}" has {end} without {range}`, 'leave it out');
  return pieces;
}

/** Fills in a template. */
export function fillIn(template: Template, value: unknown): string {
  return template
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      const found = find(piece.path, value);
      return piece.kind === 'path' ? found.map(scalarText).join(' ') : found.map((one) => fillIn(piece.body, one)).join('');
    })
    .join('');
}

function tokens(template: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  for (const { index, 0: whole, 1: inside = '' } of template.matchAll(BRACE)) {
    found.push(['text', template.slice(at, index)], ['brace', inside.trim()]);
    at = index + whole.length;
  }
  found.push(['text', template.slice(at)]);
  if (found.some(([kind, text]) => kind === 'text' && text.includes('{')))
    throw misuse(`the template "${template}" has a { without a }`, 'write paths as {.name}, and close quotes');
  return found.filter(([kind, text]) => kind === 'brace' || text !== '');
}

/** Pieces up to the `{end}` at `rest`, or up to the last. */
function parse(all: readonly Token[], from: number): { pieces: Piece[]; rest?: number } {
  const pieces: Piece[] = [];
  for (let at = from; at < all.length; at += 1) {
    const [kind, text] = all[at] ?? ['text', ''];
    if (kind === 'text') pieces.push({ kind, text });
    else if (text === 'end') return { pieces, rest: at };
    else if (/^range\s/.test(text)) {
      const { pieces: body, rest } = parse(all, at + 1);
      if (rest === undefined) throw misuse(`{${text}} has no {end}`, 'write {end} after what it repeats');
      pieces.push({ kind: 'range', path: readPath(text.slice('range'.length).trim()), body });
      at = rest;
    } else if (/^(["']).*\1$/s.test(text)) pieces.push({ kind: 'text', text: unquoted(text) });
    else if (text === '') throw misuse('the template has {} without a path', 'write {.} for the whole result');
    else pieces.push({ kind: 'path', path: readPath(text) });
  }
  return { pieces };
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter);
}
