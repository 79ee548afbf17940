import { expect, test } from '@jest/globals';
import { parseAddress } from './address.ts';

test.each([
  [':8080', undefined, 8080],
  ['127.0.0.1:0', '127.0.0.1', 0],
  ['[::1]:80', '::1', 80],
  ['localhost:1', 'localhost', 1],
])('%s is an address', (text, host, port) => {
  expect(parseAddress(text)).toEqual({ host, port });
});

test.each(['8080', ':', ':99999', '::1:80', 'a b:1', ''])('"%s" is not an address', (text) => {
  expect(() => parseAddress(text)).toThrow('is not a listen address');
});
