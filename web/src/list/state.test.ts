import { expect, test } from '@jest/globals';
import { ApiError } from '../api/request.ts';
import { emptyList, listAfter, type ListEvent, type ListState } from './state.ts';

const ERROR = new ApiError('it broke', { status: 500 });
const LIST: ListState<string> = { of: 'a', items: ['one', 'two'], total: 4, next: 'two', loading: false, error: undefined };

test.each<[what: string, before: ListState<string>, event: ListEvent<string>, after: Partial<ListState<string>>]>([
  [
    'a first page of another list replaces what was there',
    LIST,
    { kind: 'came', of: 'b', after: undefined, page: { items: ['x'], total: 1 } },
    { of: 'b', items: ['x'], total: 1, next: undefined, loading: false },
  ],
  [
    'a later page is appended',
    LIST,
    { kind: 'came', of: 'a', after: 'two', page: { items: ['three'], total: 4, next: 'three' } },
    { items: ['one', 'two', 'three'], next: 'three' },
  ],
  [
    'while a page is on its way, what was there stays, and no error does',
    { ...LIST, error: ERROR },
    { kind: 'asked' },
    { items: ['one', 'two'], loading: true, error: undefined },
  ],
  [
    'a later page that fails leaves what was read, and where to go on',
    { ...LIST, loading: true },
    { kind: 'failed', of: 'a', error: ERROR },
    { items: ['one', 'two'], next: 'two', loading: false, error: ERROR },
  ],
  [
    'another list that fails has nothing of this one',
    { ...LIST, loading: true },
    { kind: 'failed', of: 'b', error: ERROR },
    { of: 'b', items: undefined, next: undefined, loading: false, error: ERROR },
  ],
  ['a list of nothing', emptyList('a'), { kind: 'came', of: 'a', after: undefined, page: { items: [] } }, { items: [], loading: false }],
])('%s', (_, before, event, after) => {
  expect(listAfter(before, event)).toMatchObject(after);
});
