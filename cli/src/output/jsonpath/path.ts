import { compile, JSONPathSyntaxError, type JSONPathQuery, type JSONValue } from 'json-p3';
import { misuse } from '../../program/failure.ts';

/** A path that was read. */
export type Path = JSONPathQuery;

/** What is in a path as it is, a number of a filter, or a name behind its dots: all that kubectl takes for one (client-go, isTerminator). */
const PARTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?|(\.\.?)((?:[^\s.,[\]$@{}()\\'"=!<>~*?&|]|\\.)+)/gs;
/** A name that RFC 9535 takes behind a dot as well. */
const SHORTHAND = /^[A-Za-z_]\w*$/;

/**
 * Reads a JSONPath (RFC 9535) as kubectl writes it: without the `$`, with names such as `foo-bar`, and with a backslash for a dot within a name
 * (`.metadata.annotations.example\.com/x`). Filters compare, and can do nothing else. Throws a failure for one that makes no sense.
 */
export function readPath(path: string): Path {
  const rooted = path === '' || path === '.' ? '$' : `$${path.replace(/^[$@]/, '')}`;
  if (!/^\$(?:$|[.[])/.test(rooted)) throw unreadable(path, `it begins with "${path.slice(0, 1)}"`, `begin it with a dot: {.${path}}`);
  try {
    return compile(rooted.replace(PARTS, (whole, dots?: string, name?: string) => inBrackets(whole, dots, name)));
  } catch (cause) {
    throw unreadable(path, cause instanceof JSONPathSyntaxError ? cause.message : 'it is not a JSONPath', 'write it as {.items[*].name}');
  }
}

/** What a path finds in a value, in its order. What is not there is left out, as kubectl does. */
export function find(path: Path, value: unknown): readonly unknown[] {
  return path.query(value as JSONValue).values();
}

function inBrackets(whole: string, dots: string | undefined, name: string | undefined): string {
  if (dots === undefined || name === undefined || SHORTHAND.test(name)) return whole;
  return `${dots === '..' ? '..' : ''}[${JSON.stringify(name.replace(/\\(.)/gs, '$1'))}]`;
}

function unreadable(path: string, what: string, remedy: string): Error {
  return misuse(`the path {${path}} cannot be read: ${what}`, remedy);
}
