import { expect, test } from '@jest/globals';
import type { KubeObject } from '../objects.ts';
import { WrittenStatuses } from './written-statuses.ts';

const KEY = { namespace: 'team', name: 'a' };

function object(resourceVersion: string, uid = 'uid-a'): KubeObject {
  return { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { ...KEY, uid, resourceVersion } };
}

test('a status is remembered while the store shows the version on which it was written', () => {
  const written = new WrittenStatuses<string>();
  expect(written.unseen(object('1'))).toBeUndefined();
  written.remember(object('1'), 'open');
  expect(written.unseen(object('1'))).toBe('open');
  written.remember(object('1'), 'closed');
  expect(written.unseen(object('1'))).toBe('closed');
});

test.each<[string, (written: WrittenStatuses<string>) => void, KubeObject]>([
  ['a later version in the store', () => undefined, object('2')],
  ['another object of the name', () => undefined, object('1', 'uid-b')],
  ['the end of the object', (written) => written.forget(KEY), object('1')],
])('%s makes it forgotten', (_, meanwhile, seen) => {
  const written = new WrittenStatuses<string>();
  written.remember(object('1'), 'open');
  meanwhile(written);
  expect(written.unseen(seen)).toBeUndefined();
  expect(written.unseen(object('1'))).toBeUndefined();
});
