import { expect, test } from '@jest/globals';
import { addressRisk, downloadSource, imageRepository, type AddressRisk } from './references.ts';

const ELSEWHERE = 'leads to another host';
const PLAIN = 'is no longer encrypted';

test.each<[before: string, after: string, expected: AddressRisk | undefined]>([
  ['https://a.example/x', 'https://a.example/y', undefined],
  ['https://a.example/x', 'https://A.EXAMPLE/x', undefined],
  ['http://a.example', 'https://a.example', undefined],
  ['https://a.example', 'http://a.example', PLAIN],
  ['https://a.example', 'wss://a.example', PLAIN],
  ['https://a.example', 'https://a.example:8443', ELSEWHERE],
  ['https://a.example', 'https://b.example', ELSEWHERE],
  ['https://a.example', 'https://a.example@b.example/', ELSEWHERE],
  ['https://a.example', String.raw`https://b.example\@a.example/`, ELSEWHERE],
  ['https://a.example', String.raw`https:\\b.example/`, ELSEWHERE],
  ['https://a.example', 'https:///b.example/', ELSEWHERE],
  ['https://a.example', ' https://b.example', ELSEWHERE],
  ['https://{region}.a.example/mcp', 'https://{region}.b.example/mcp', ELSEWHERE],
  ['https://{region}.a.example/mcp', 'https://{zone}.a.example/mcp', ELSEWHERE],
  ['', 'https://a.example', ELSEWHERE],
  ['https://a.example', '', undefined],
  ['a', 'b', undefined],
  ['', 'http://localhost:8080/mcp', undefined],
  ['', 'http://127.0.0.1:{port}', undefined],
  ['', 'http://[::1]/', undefined],
  ['', 'http://localhost.example/', ELSEWHERE],
  ['', 'http://127.0.0.1.example/', ELSEWHERE],
  ['', 'http://localhost@b.example/', ELSEWHERE],
])('from %j to %j: %s', (before, after, expected) => {
  expect(addressRisk(before, after)).toBe(expected);
});

test.each([
  ['alpine', 'docker.io/library/alpine'],
  ['alpine:3', 'docker.io/library/alpine'],
  ['docker.io/library/alpine@sha256:ab', 'docker.io/library/alpine'],
  ['localhost:5000/a:1@sha256:ab', 'localhost:5000/a'],
  ['ghcr.io/a/b/c:1.0', 'ghcr.io/a/b/c'],
])('the repository of %s is %s', (image, repository) => {
  expect(imageRepository(image)).toBe(repository);
});

test.each([
  ['https://github.com/a/b/releases/download/v1/x.mcpb', 'https://github.com/a/b'],
  ['https://GitHub.com/a/b?x=/y', 'https://github.com/a/b'],
  ['https://example.com', 'https://example.com'],
  ['no URL', 'no URL'],
])('%s is from %s', (url, source) => {
  expect(downloadSource(url)).toBe(source);
});
