import { serverKindName, serverKinds, type ServerKind } from '@toolhive-registry/api';
import {
  ARCHIVE_PATTERN,
  FIELD_PATTERN,
  HARMLESS_OPTIONS,
  NPM_PATTERN,
  POD_LISTS,
  POD_NAMES,
  PYPI_PATTERN,
} from '@toolhive-registry/catalog/references';
import { quoted } from './cel.ts';

/** CEL: the strings at a path of an object, as a list. A null list counts as empty: Go writes such. */
function textsAt(object: string, path: string): string {
  const [before = '', after] = path.split('[].');
  const value = `${object}${selected(before)}`;
  const found =
    after === undefined ? `${value}.optMap(v, [v]).orValue([])` : `${value}.optFlatMap(v, optional.ofNonZeroValue(v)).orValue([])`;
  const texts = after === undefined ? found : `${found}.map(e, e${selected(after)}.orValue(''))`;
  return `${texts}.filter(v, v != '' && v != null)`;
}

/** CEL: an optional field below fields that may be absent. */
function selected(path: string): string {
  return path
    .split('.')
    .map((field) => `.?${field}`)
    .join('');
}

/** CEL: the package that a command runs. Without the image that would be run instead. */
function packageOf(object: string, { image, program, arguments: args }: NonNullable<ServerKind['command']>): string {
  const at = (path: string, or: string): string => `${object}${selected(path)}.orValue(${or})`;
  const list = `${object}${selected(args)}.optFlatMap(v, optional.ofNonZeroValue(v)).orValue([])`;
  const wanted = `[${at(program, "''")}].filter(c, c != '' && ${at(image, "''")} == '')`;
  const spec = `${list}.filter(a, !(a in ${quoted(HARMLESS_OPTIONS)}))`;
  // With all arguments: what has run before is that exact command.
  const whole = `'commands ' + p.filter(a, a != '').join('\\n')`;
  const npm = `'packages npm ' + (p[1].lastIndexOf('@') > 0 ? p[1].substring(0, p[1].lastIndexOf('@')) : p[1])`;
  const name = `p[1].split('[')[0].split('==')[0].split('@')[0].lowerAscii()`;
  const pypi = `'packages pypi ' + ${name}.replace('_', '-').replace('.', '-').replace('--', '-').replace('--', '-').replace('--', '-')`;
  return (
    `${wanted}.map(c, [c] + ${spec} + ['']).map(p, ` +
    `p[1].matches(${quoted(ARCHIVE_PATTERN)}) ? ${whole} : ` +
    `p[0] == 'npx' && p[1].matches(${quoted(NPM_PATTERN)}) ? ${npm} : ` +
    `p[0] == 'uvx' && p[1].matches(${quoted(PYPI_PATTERN)}) ? ${pypi} : ${whole})`
  );
}

/**
 * CEL: fields of a pod template whose names nearly match those that are checked. CRDs keep unknown fields in such templates, and Go's decoder (encoding/json)
 * matches names regardless of case, including Unicode's long s and Kelvin sign.
 */
function misspelledIn(object: string, template: string): string {
  const at = (path: string): string => `${object}${selected(path)}.optFlatMap(v, optional.ofNonZeroValue(v))`;
  const spec = `${template}.spec`;
  const lists = [...POD_LISTS].map((field) => `${at(`${spec}.${field}`)}.orValue([])`);
  const images = `${at(`${spec}.volumes`)}.orValue([]).map(e, e.?image.optFlatMap(v, optional.ofNonZeroValue(v)).orValue({}))`;
  const maps = `[${at(template)}.orValue({}), ${at(spec)}.orValue({})] + ${lists.join(' + ')} + ${images}`;
  const names = [...POD_NAMES];
  const isWrong =
    `!k.matches(${quoted(FIELD_PATTERN)}) || ` +
    `k.lowerAscii() in ${quoted(names.map((name) => name.toLowerCase()))} && !(k in ${quoted(names)})`;
  return `(${maps}).filter(m, m != null && m.exists(k, ${isWrong})).map(m, 'fields ' + m.filter(k, ${isWrong}).join(', '))`;
}

/** CEL: everything that an object of a kind references, each with its kind of reference before it. */
function namedBy(object: string, kind: ServerKind): string {
  const images = kind.images.map((path) => textsAt(object, path)).join(' + ');
  const urls = kind.urls.map((path) => textsAt(object, path)).join(' + ');
  const parts = [
    ...(images === '' ? [] : [`(${images}).map(v, 'images ' + v)`]),
    ...(urls === '' ? [] : [`(${urls}).map(v, 'urls ' + v)`]),
    ...(kind.command === undefined ? [] : [packageOf(object, kind.command)]),
    ...(kind.podTemplate === undefined ? [] : [misspelledIn(object, kind.podTemplate)]),
  ].join(' + ');
  return kind.mayNameNothing ? parts : `[${parts}].map(l, l.size() == 0 ? ['nothing '] : l)[0]`;
}

/** CEL: what an object references, by its kind. `subject` is the kind in words. */
export function namedExpression(object: string, subject: string): string {
  return serverKinds.reduceRight(
    (otherwise, kind) => `${subject} == ${quoted(serverKindName(kind))} ? ${namedBy(object, kind)} : ${otherwise}`,
    // A kind that the policy matches and does not know cannot occur; it would have to be refused.
    `['nothing ']`,
  );
}
