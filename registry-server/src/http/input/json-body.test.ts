import { expect, test } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { HttpError } from '../../errors.ts';
import { readJsonBody } from './json-body.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** A request with these headers and parts of a body. */
function request(headers: Record<string, string>, ...parts: (string | Buffer)[]): IncomingMessage {
  return Object.assign(Readable.from(parts.map((part) => Buffer.from(part))), { headers }) as unknown as IncomingMessage;
}

test.each<[string, IncomingMessage, unknown]>([
  ['an object', request(JSON_TYPE, '{"a":1}'), { a: 1 }],
  ['parts', request(JSON_TYPE, '{"a"', ':"', Buffer.from([0xc3]), Buffer.from([0xa4]), '"}'), { a: 'ä' }],
  ['a charset', request({ 'content-type': 'application/json; charset=UTF-8' }, '[]'), []],
  ['a type that is JSON too', request({ 'content-type': 'application/merge-patch+json' }, 'null'), null],
  ['exactly the limit', request(JSON_TYPE, '"12345678"'), '12345678'],
])('%s', async (_, req, expected) => {
  expect(await readJsonBody(req, 10)).toEqual(expected);
});

test.each<[string, IncomingMessage, string, string]>([
  ['no type', request({}, '{}'), 'unsupportedMediaType', 'Content-Type is ""; send application/json'],
  ['another charset', request({ 'content-type': 'application/json; charset=utf-16' }, '{}'), 'unsupportedMediaType', 'utf-16'],
  ['an encoding', request({ ...JSON_TYPE, 'content-encoding': 'gzip' }, '{}'), 'unsupportedMediaType', 'Content-Encoding is "gzip"'],
  ['a length over the limit', request({ ...JSON_TYPE, 'content-length': '11' }, '{}'), 'bodyTooLarge', 'more than 10 bytes'],
  ['more than was announced', request(JSON_TYPE, '"12345', '678901"'), 'bodyTooLarge', 'more than 10 bytes'],
  ['no JSON', request(JSON_TYPE, '{a:1}'), 'badRequest', 'the body is not JSON'],
  ['invalid UTF-8', request(JSON_TYPE, Buffer.from([0x22, 0xff, 0x22])), 'badRequest', 'the body is not JSON'],
  ['nothing', request(JSON_TYPE), 'badRequest', 'the body is not JSON'],
])('%s is refused', async (_, req, code, message) => {
  const error: unknown = await readJsonBody(req, 10).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
});
