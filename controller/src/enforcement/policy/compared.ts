import {
  DEFAULT_FOLDER,
  DEFAULT_HOST,
  DEFAULT_TAG,
  DOTS_PATTERN,
  HOST_PATTERN,
  LEGACY_HOST,
  URL_PATTERN,
} from '@toolhive-registry/catalog/references';
import { quoted } from './cel.ts';

/** CEL: splits a string at a position. */
const before = (text: string, at: string): string => `${text}.substring(0, ${at})`;
const from = (text: string, at: string): string => `${text}.substring(${at})`;

/**
 * CEL: turns a list of named references into triples of kind, text, and compared form, as `normalImage` and `normalUrl` do. CEL has no local variables, so each
 * step builds a new list from the previous one.
 */
export function comparedExpression(named: string): string {
  return `${images(named)} + ${urls(named)} + ${others(named)}`;
}

/** p: text, name, then what follows the name. */
function images(named: string): string {
  const [host, legacy] = [`${DEFAULT_HOST}/`, `${LEGACY_HOST}/`];
  return [
    `${named}.filter(n, n.startsWith('images ')).map(n, ${from('n', `${'images '.length}`)})`,
    `.map(t, t.contains('@') ? [t, ${before('t', "t.indexOf('@')")}, ${from('t', "t.indexOf('@')")}] : [t, t, ''])`,
    `.map(p, ${from('p[1]', "p[1].lastIndexOf('/') + 1")}.contains(':')`,
    ` ? [p[0], ${before('p[1]', "p[1].lastIndexOf(':')")}, p[2] != '' ? p[2] : ${from('p[1]', "p[1].lastIndexOf(':')")}]`,
    ` : [p[0], p[1], p[2] != '' ? p[2] : ${quoted(`:${DEFAULT_TAG}`)}])`,
    `.map(p, p[1].contains('/') && ${before('p[1]', "p[1].indexOf('/')")}.matches(${quoted(HOST_PATTERN)})`,
    ` ? [p[0], ${before('p[1]', "p[1].indexOf('/')")}.lowerAscii() + ${from('p[1]', "p[1].indexOf('/')")}, p[2]]`,
    ` : [p[0], ${quoted(host)} + p[1], p[2]])`,
    `.map(p, p[1].startsWith(${quoted(legacy)}) ? [p[0], ${quoted(host)} + ${from('p[1]', `${legacy.length}`)}, p[2]] : p)`,
    `.map(p, p[1].startsWith(${quoted(host)}) && !${from('p[1]', `${host.length}`)}.contains('/')`,
    ` ? [p[0], ${quoted(`${host}${DEFAULT_FOLDER}/`)} + ${from('p[1]', `${host.length}`)}, p[2]] : p)`,
    `.map(p, ['images', p[0], p[1] + p[2]])`,
  ].join('');
}

/** p: text, scheme, host and port, path. */
function urls(named: string): string {
  const bare = `t.split('?')[0].split('#')[0]`;
  const rest = `r[2]`;
  return [
    `${named}.filter(n, n.startsWith('urls ')).map(n, ${from('n', `${'urls '.length}`)})`,
    `.map(t, t.matches(${quoted(URL_PATTERN)}) ? [t, ${bare}] : [t, ''])`,
    `.map(r, r[1] == '' ? [r[0], '', ''] : [r[0], ${before('r[1]', "r[1].indexOf('://')")}.lowerAscii(), ${from('r[1]', "r[1].indexOf('://') + 3")}])`,
    `.map(r, ${rest}.contains('/') ? [r[0], r[1], ${before(rest, `${rest}.indexOf('/')`)}.lowerAscii(), ${from(rest, `${rest}.indexOf('/')`)}]`,
    ` : [r[0], r[1], ${rest}.lowerAscii(), ''])`,
    `.map(p, p[1] == 'https' && p[2].endsWith(':443') ? [p[0], p[1], ${before('p[2]', 'p[2].size() - 4')}, p[3]]`,
    ` : p[1] == 'http' && p[2].endsWith(':80') ? [p[0], p[1], ${before('p[2]', 'p[2].size() - 3')}, p[3]] : p)`,
    `.map(p, ['urls', p[0], p[1] == '' || p[3].matches(${quoted(DOTS_PATTERN)}) ? '' : p[1] + '://' + p[2]`,
    ` + (p[3].endsWith('/') ? ${before('p[3]', 'p[3].size() - 1')} : p[3])])`,
  ].join('');
}

/** Packages are compared as written; other kinds match nothing. */
function others(named: string): string {
  return [
    `${named}.filter(n, !n.startsWith('images ') && !n.startsWith('urls '))`,
    `.map(n, [${before('n', "n.indexOf(' ')")}, ${from('n', "n.indexOf(' ') + 1")}])`,
    `.map(p, [p[0], p[1], p[0] == 'packages' ? p[1] : ''])`,
  ].join('');
}
