import { expect, test } from '@jest/globals';
import { labels, type EnforcementMode, type RegistryExplain } from '@toolhive-registry/api';
import { RegistryClient } from '../../registry/client.ts';
import type { Enforcers } from './enforcers.ts';
import { judgesOf, judgeServer, questionOf, type Answers, type Judgement } from './judge.ts';
import { serversAmong, type ManifestServer } from './servers.ts';

/** Nobody is asked in these tests: the answers are given. */
const client = new RegistryClient('nobody', { send: () => Promise.reject(new Error('nobody is to be asked')) });

function enforcers(modes: Record<string, EnforcementMode | undefined>, isComplete = true): Enforcers {
  const all = Object.entries(modes).map(([name, mode]) => ({ name, label: `registry prod/${name}`, mode, client }));
  return { namespace: 'prod', all, isComplete };
}

function server(spec: object, own: Record<string, string> = {}): ManifestServer {
  const value = { apiVersion: 'toolhive.stacklok.dev/v1beta1', kind: 'MCPServer', metadata: { name: 's', labels: own }, spec };
  const [found] = serversAmong([{ file: 'a.yaml', value }]);
  if (found === undefined) throw new Error('no MCP server');
  return found;
}

/** Each registry has the images of its list; a list that is a text is why the registry does not answer. */
function answering(lists: Record<string, readonly string[] | string>): Answers {
  return (registry, { text }) => {
    const list = lists[registry];
    if (list === undefined) return undefined;
    if (typeof list === 'string') return { failure: list };
    const allowed = list.includes(text);
    const rule = allowed ? 'listed' : 'notInCatalog';
    return { allowed, rule, sentence: `${text} ${rule}`, nearest: allowed ? [] : list } as unknown as RegistryExplain;
  };
}

const REFUSE = { a: 'enforce', b: 'enforce' } as const;
const LISTS = { a: ['a:1', 'all:1'], b: ['b:1', 'all:1'] };

test.each<
  [
    what: string,
    judges: Enforcers,
    lists: Record<string, readonly string[] | string>,
    image: string,
    labels: Record<string, string>,
    outcome: string,
  ]
>([
  ['in the catalog of any that enforces', enforcers(REFUSE), LISTS, 'b:1', {}, 'allowed by enforce: b listed'],
  ['in none', enforcers(REFUSE), LISTS, 'c:1', {}, 'refused by enforce: a notInCatalog, b notInCatalog'],
  ['not in that of the label', enforcers(REFUSE), LISTS, 'b:1', { [labels.registryName]: 'a' }, 'refused by enforce: a notInCatalog'],
  [
    'of another namespace by its label',
    enforcers(REFUSE),
    LISTS,
    'b:1',
    { [labels.registryName]: 'a', [labels.registryNamespace]: 'test' },
    'allowed by enforce: b listed',
  ],
  [
    'label of no registry',
    enforcers(REFUSE),
    LISTS,
    'all:1',
    { [labels.registryName]: 'aa' },
    'refused by enforce: unknownRegistry, a listed',
  ],
  [
    'label of one that was not asked',
    enforcers(REFUSE, false),
    LISTS,
    'all:1',
    { [labels.registryName]: 'aa' },
    'allowed by enforce: a listed',
  ],
  ['nobody enforces', enforcers({ a: undefined }), LISTS, 'c:1', {}, 'notEnforced: notEnforced'],
  ['no registry at all', enforcers({}), {}, 'c:1', {}, 'notEnforced: notEnforced'],
  ['one that audits alone', enforcers({ a: 'audit' }), LISTS, 'c:1', {}, 'audited by audit: a notInCatalog'],
  ['one that audits beside one that enforces', enforcers({ a: 'enforce', b: 'audit' }), LISTS, 'a:1', {}, 'allowed by enforce: a listed'],
  [
    'in the catalog of the one that audits only',
    enforcers({ a: 'enforce', b: 'audit' }),
    LISTS,
    'b:1',
    {},
    'refused by enforce: a notInCatalog',
  ],
  ['one does not answer, and another has it', enforcers(REFUSE), { a: 'silence', b: ['b:1'] }, 'b:1', {}, 'allowed by enforce: b listed'],
  [
    'one does not answer, and the other does not have it',
    enforcers(REFUSE),
    { a: 'silence', b: [] },
    'b:1',
    {},
    'unknown by enforce: a notAsked, b notInCatalog',
  ],
  ['one that audits does not answer', enforcers({ a: 'audit' }), { a: 'silence' }, 'b:1', {}, 'unknown by audit: a notAsked'],
])('%s', (...[, judges, lists, image, own, outcome]) => {
  const tried = server({ image }, own);
  const judgement = judgeServer(tried, tried.references, { enforcers: judges, asEnforced: false, answers: answering(lists) });
  expect(shown(judgement)).toBe(outcome);
});

function shown({ outcome, mode, reasons }: Judgement): string {
  const labels = reasons.map(({ registry, rule }) => (registry === undefined ? rule : `${registry} ${rule}`));
  return `${outcome}${mode === undefined ? '' : ` by ${mode}`}: ${labels.join(', ')}`;
}

test.each<[what: string, judges: Enforcers, outcome: string]>([
  [
    'where nobody enforces, all of them do',
    enforcers({ a: undefined, b: undefined }),
    'refused by enforce: a notInCatalog, b notInCatalog',
  ],
  ['where somebody does, nobody else', enforcers({ a: 'audit', b: undefined }), 'audited by audit: a notInCatalog'],
  ['where there is no registry, nobody', enforcers({}), 'notEnforced: notEnforced'],
])('as if enforced: %s', (_, judges, outcome) => {
  const tried = server({ image: 'c:1' });
  expect(shown(judgeServer(tried, tried.references, { enforcers: judges, asEnforced: true, answers: answering(LISTS) }))).toBe(outcome);
});

test('what runs already may go on as it is', () => {
  const tried = server({ image: 'c:1' });
  expect(shown(judgeServer(tried, [], { enforcers: enforcers(REFUSE), asEnforced: false, answers: answering(LISTS) }))).toBe(
    'allowed by enforce: ',
  );
});

test.each<[what: string, spec: object, reasons: string[]]>([
  ['names nothing', {}, ['namesNothing']],
  ['has a field that is nearly called like another', { image: 'a:1', podTemplateSpec: { Spec: {} } }, ['a listed', 'misspelledField']],
  ['has space around an image', { image: 'a:1 ' }, ['notComparable']],
  ['has an image that is too long', { image: 'a'.repeat(2_000) }, ['notComparable']],
])('an object that %s is refused without asking anybody', (_, spec, reasons) => {
  const tried = server(spec);
  const judgement = judgeServer(tried, tried.references, {
    enforcers: enforcers({ a: 'enforce' }),
    asEnforced: false,
    answers: answering(LISTS),
  });
  expect(shown(judgement)).toBe(`refused by enforce: ${reasons.join(', ')}`);
});

test('only those are asked that have a say', () => {
  const judges = enforcers({ a: 'enforce', b: 'enforce', c: 'audit', d: undefined });
  expect(judgesOf(server({ image: 'x' }), judges, false)).toEqual(['a', 'b', 'c']);
  expect(judgesOf(server({ image: 'x' }, { [labels.registryName]: 'b' }), judges, false)).toEqual(['b']);
  expect(judgesOf(server({ image: 'x' }), enforcers({ d: undefined }), false)).toEqual([]);
});

test('a URL that cannot be compared is for the registry to explain', () => {
  expect(questionOf({ kind: 'urls', text: 'ftp://example.com' })).toEqual({ kind: 'url', text: 'ftp://example.com' });
});
