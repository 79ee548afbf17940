import { expect, test } from '@jest/globals';
import { compileFilter, readSource, type FilterRules } from '@toolhive-registry/catalog';
import { judge } from './judge.ts';

const GOOD = { name: 'a/good', version: '1', description: 'd' };
const BAD = { name: 'a/bad', version: '1' };
const REPAIRED = { ...GOOD, name: 'a/repaired', repository: {} };
const NOT_STRICT = 'validation is strict and a/bad/description is refused: "description" must be a text';
const UNUSABLE = 'no entry of the catalog can be used: a/bad/description is refused: "description" must be a text';

const none = { names: () => [], unreadable: [] };

test.each<[what: string, file: unknown[], strict: string | undefined, lenient: string | undefined]>([
  ['good entries', [GOOD], undefined, undefined],
  ['no entries', [], undefined, undefined],
  ['a repaired entry', [REPAIRED], undefined, undefined],
  ['a bad entry among good ones', [GOOD, BAD], NOT_STRICT, undefined],
  ['two bad ones among good ones', [BAD, GOOD, BAD], `${NOT_STRICT} (and 1 more)`, undefined],
  ['nothing but a bad entry', [BAD], NOT_STRICT, UNUSABLE],
  ['nothing but bad entries', [BAD, BAD, BAD], `${NOT_STRICT} (and 2 more)`, `${UNUSABLE} (and 2 more)`],
  [
    'an empty description',
    [{ ...BAD, description: ' ' }],
    'validation is strict and a/bad/description is refused: "description" is empty',
    'no entry of the catalog can be used: a/bad/description is refused: "description" is empty',
  ],
  [
    'an entry without a name',
    [{}],
    'validation is strict and /0/name is refused: "name" must be a text',
    'no entry of the catalog can be used: /0/name is refused: "name" must be a text',
  ],
])('%s', (_, file, strict, lenient) => {
  expect(judge(draftOf(file), { validation: 'strict' }, none)).toEqual(
    strict === undefined ? undefined : { reason: 'DataInvalid', message: strict },
  );
  expect(judge(draftOf(file), { validation: 'lenient' }, none)).toEqual(
    lenient === undefined ? undefined : { reason: 'DataInvalid', message: lenient },
  );
});

test('usable entries that a filter leaves out are usable all the same', () => {
  expect(judge(draftOf([GOOD, BAD], { names: { exclude: ['*'] } }), { validation: 'lenient' }, none)).toBeUndefined();
});

function draftOf(file: unknown[], filter?: FilterRules): ReturnType<typeof readSource> {
  return readSource(
    { name: 's', format: 'auto', filters: [compileFilter(filter)] },
    { bytes: Buffer.from(JSON.stringify(file)) },
    { now: 0 },
  );
}
