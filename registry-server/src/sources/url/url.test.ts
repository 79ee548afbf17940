import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { httpHost, reply, secretsOf } from '../../outbound/testing.ts';
import { catalog } from '../../testing.ts';
import type { Source } from '../contract.ts';
import { askSource, COMMON, surroundingsOf, validatorOf } from '../testing.ts';
import { urlType } from './url.ts';

const TEXT = JSON.stringify(catalog('a'));

function sourceAt(url: string, secrets = secretsOf()): Source {
  return urlType.create({ ...COMMON, type: 'url', url }, surroundingsOf(secrets));
}

describe('conditional requests', () => {
  const DATE = 'Tue, 01 Jan 2030 00:00:00 GMT';
  test.each<[string, Record<string, string>, Record<string, string | undefined>]>([
    ['by its tag', { etag: '"1"' }, { 'if-none-match': '"1"', 'if-modified-since': undefined }],
    ['by a weak tag', { etag: 'W/"1"' }, { 'if-none-match': 'W/"1"' }],
    ['by its date', { 'last-modified': DATE }, { 'if-none-match': undefined, 'if-modified-since': DATE }],
    ['by both', { etag: '"1"', 'last-modified': DATE }, { 'if-none-match': '"1"', 'if-modified-since': DATE }],
  ])('%s', async (_, headers, condition) => {
    await using host = await httpHost((req, res) => {
      const isConditional = req.headers['if-none-match'] !== undefined || req.headers['if-modified-since'] !== undefined;
      if (isConditional) reply(res, 304);
      else reply(res, 200, TEXT, headers);
    });
    const source = sourceAt(`${host.url}/registry.json`);
    const { answer, saved } = await askSource(source);
    expect(saved).toBe(TEXT);
    const known = validatorOf(answer) ?? '';
    expect(await askSource(source, { known })).toEqual({ answer: { unchanged: true }, saved: undefined });
    expect({ ...host.requests[1]?.headers, ...condition }).toEqual(host.requests[1]?.headers);
    await source.close?.();
  });

  test.each<[string, Record<string, string>, string | undefined]>([
    ['without either', {}, undefined],
    ['with a tag that is too long', { etag: `"${'x'.repeat(2000)}"` }, undefined],
    ['asked with what another version of the program kept', { etag: '"2"' }, '"1"'],
  ])('none for a file %s', async (_, headers, known) => {
    await using host = await httpHost((__, res) => reply(res, 200, TEXT, headers));
    const source = sourceAt(host.url);
    const first = await askSource(source, known === undefined ? {} : { known });
    expect(first.saved).toBe(TEXT);
    expect(host.requests[0]?.headers['if-none-match']).toBeUndefined();
    if (Object.keys(headers).length === 0) expect(validatorOf(first.answer)).toBeUndefined();
    await source.close?.();
  });
});

describe('the content counts, not the content type', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['text', TEXT, 'text/plain; charset=utf-8'],
    ['bytes', TEXT, 'application/octet-stream'],
    ['a page', TEXT, 'text/html'],
    ['nothing', `\n\t ${TEXT}`, ''],
    ['gzip', gzipSync(TEXT), 'application/gzip'],
  ])('reads a catalog sent as %s', async (_, body, type) => {
    await using host = await httpHost((__, res) => reply(res, 200, body, type === '' ? {} : { 'content-type': type }));
    const source = sourceAt(host.url);
    const { saved } = await askSource(source);
    expect(saved).toBe(Buffer.from(body).toString());
    await source.close?.();
  });

  test.each<[string, RequestListener, string]>([
    ['an empty body', (_, res) => reply(res, 200), 'is empty; write an empty catalog as {"servers": {}}'],
    ['white space', (_, res) => reply(res, 200, ' \n'), 'is empty'],
    [
      'a page for people',
      (_, res) => reply(res, 200, '<!DOCTYPE html><p>Welcome back, canary</p>', { 'content-type': 'text/html; charset=utf-8' }),
      'is not JSON but text/html; use the address of the catalog itself',
    ],
    ['a text', (_, res) => reply(res, 200, 'canary'), 'is not JSON; use the address'],
  ])('refuses %s without quoting it', async (_, listener, message) => {
    await using host = await httpHost(listener);
    const source = sourceAt(`${host.url}/registry.json?sig=hidden`);
    const asking = askSource(source);
    await expect(asking).rejects.toMatchObject({
      reason: 'DataInvalid',
      message: expect.stringContaining(`${host.url}/registry.json ${message}`),
    });
    await expect(asking).rejects.not.toThrow(/canary|hidden/);
    await source.close?.();
  });
});

test('messages name the address without its query', () => {
  expect(urlType.location({ ...COMMON, type: 'url', url: 'https://a.test/registry.json?sig=hidden#x' })).toBe(
    'https://a.test/registry.json',
  );
});

test('another Secret has the source asked at once', () => {
  const mounts = [{ directories: ['/secrets'], identity: () => Promise.resolve('1') }];
  const surroundings = surroundingsOf({ ...secretsOf(), mounts });
  expect(urlType.mounts({ ...COMMON, type: 'url', url: 'https://a.test' }, surroundings)).toBe(mounts);
});
