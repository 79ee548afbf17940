import { expect, test } from '@jest/globals';
import { diffDocument, diffJson } from './document.ts';
import { diffOfItems, HOSTILE, server } from './testing.ts';

const REMOTE = { remotes: [{ type: 'sse', url: 'https://b.example' }] };

test('the whole document', () => {
  const diff = diffOfItems([server('a/b', '1.0.0'), server('a/gone', '1.0.0')], [server('a/b', '1.1.0', REMOTE)], { by: 'server' });
  const findings = { counts: { leftOut: 2, shadowed: 0, repaired: 0, noted: 0 }, kept: [] };
  expect(JSON.parse(diffJson({ ...diff, after: { ...diff.after, findings } }))).toEqual({
    before: { label: 'a.json', entries: 2, leftOut: 0, repeated: 0 },
    after: { label: 'b.json', entries: 1, leftOut: 2, repeated: 0 },
    by: 'server',
    counts: { added: 0, removed: 1, changed: 1, unchanged: 0 },
    entries: [
      {
        change: 'changed',
        kind: 'server',
        name: 'a/b',
        versionBefore: '1.0.0',
        versionAfter: '1.1.0',
        attention: 'security',
        statements: [
          {
            attention: 'security',
            what: 'new remote URL',
            subjects: [{ name: 'https://b.example', notes: 'sse', pointer: '/server/remotes/0' }],
          },
          { attention: 'behavior', what: 'version changed', subjects: [{ before: '1.0.0', after: '1.1.0', pointer: '/server/version' }] },
        ],
        differences: [
          { kind: 'added', pointer: '/server/remotes', after: REMOTE.remotes },
          { kind: 'changed', pointer: '/server/version', before: '1.0.0', after: '1.1.0' },
        ],
      },
      { change: 'removed', kind: 'server', name: 'a/gone', versionBefore: '1.0.0', attention: 'behavior', statements: [] },
    ],
  });
});

test('what is not shown is counted', () => {
  const tags = (from: number): Record<string, number[]> => ({ x: Array.from({ length: 1_000 }, (_, index) => from + index) });
  const [entry] = diffDocument(diffOfItems([server('a/b', '1', tags(0))], [server('a/b', '1', tags(1_000))])).entries;
  expect([entry?.differences?.length, entry?.moreDifferences]).toEqual([1_000, 1_000]);
  const [unlisted] = diffDocument(diffOfItems([], [server('a/b', '1')], { details: 0 })).entries;
  expect(unlisted).toEqual({ change: 'added', kind: 'server', name: 'a/b', versionAfter: '1', attention: 'security', statements: [] });
});

test.each(HOSTILE)('%j means the same and is shown as it is', (text) => {
  const json = diffJson(diffOfItems([], [server('a/b', '1', { [text]: text, description: text })]));
  expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  const { entries } = JSON.parse(json) as {
    readonly entries: readonly { readonly differences: readonly { readonly after: { readonly description?: string } }[] }[];
  };
  expect(entries[0]?.differences.map(({ after }) => after.description)).toContain(text);
});
