import { expect, test } from '@jest/globals';
import { createAnswerCache, type KeptAnswer } from './answers.ts';

const page: KeptAnswer = { route: '/x', answer: { status: 200, body: [Buffer.from('{"a":'), Buffer.from('1}')] } };
const question = (key: string, pinned = false): { key: string; pinned: boolean } => ({ key, pinned });

test('an answer is found by its question however the URL is written, and by a URL that keeps coming', () => {
  const cache = createAnswerCache();
  for (let time = 0; time < 2; time += 1) cache.offer(question('q'), page);
  const room = cache.bytes();
  expect(cache.byUrl('/x?a=1')).toBeUndefined();
  for (let time = 0; time < 2; time += 1) expect(cache.byQuestion('q', '/x?a=1')?.answer.status).toBe(200);
  expect(cache.byUrl('/x?a=1')?.answer.body).toEqual([Buffer.from('{"a":1}')]);
  expect(cache.byUrl('/x?a=1&junk=1')).toBeUndefined();
  expect(cache.bytes()).toBe(room);
});

test('spellings of one question take no more room, whatever their number', () => {
  const cache = createAnswerCache();
  for (let time = 0; time < 2; time += 1) cache.offer(question('q'), page);
  const room = cache.bytes();
  for (let index = 0; index < 5000; index += 1) {
    const url = `/x?a=1&junk=${index % 2500}`;
    if (cache.byQuestion('q', url) === undefined) cache.offer(question('q'), page);
  }
  expect(cache.bytes()).toBe(room);
});

test('empty answers to junk questions are counted with what their entries take', () => {
  const cache = createAnswerCache();
  const empty: KeptAnswer = { route: '/x', answer: { status: 200, body: [Buffer.from('[]')] } };
  let kept = 0;
  for (let index = 0; index < 20_000; index += 1) for (let time = 0; time < 2; time += 1) cache.offer(question(`junk ${index}`), empty);
  for (let index = 0; index < 20_000; index += 1) if (cache.byQuestion(`junk ${index}`, '/x') !== undefined) kept += 1;
  expect(kept).toBeGreaterThan(1_000);
  expect(kept).toBeLessThan(8 * 1024);
});

test('questions that come twice stay within the bounds, and the pinned one stays', () => {
  const cache = createAnswerCache();
  const large: KeptAnswer = { route: '/x', answer: { status: 200, body: [Buffer.alloc(200 * 1024)] } };
  cache.offer(question('first', true), page);
  for (let index = 0; index < 200; index += 1) for (let time = 0; time < 2; time += 1) cache.offer(question(`q${index}`), large);
  expect(cache.bytes()).toBeGreaterThan(4 * 1024 * 1024);
  expect(cache.bytes()).toBeLessThanOrEqual(8 * 1024 * 1024);
  expect(cache.byQuestion('first', '/x')?.answer.body).toEqual([Buffer.from('{"a":1}')]);
});
