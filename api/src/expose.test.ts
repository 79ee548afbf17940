import { expect, test } from '@jest/globals';
import { exposedUrl } from './expose.ts';
import { exposeSchema } from './schema/workload.ts';

test.each<[string, object]>([
  ['http://a.example.com', {}],
  ['http://a.example.com', { path: '/', ingress: { className: 'nginx' } }],
  ['http://a.example.com/mcp', { path: '/mcp' }],
  ['http://a.example.com/team-a/mcp', { path: '/team-a/mcp/' }],
  ['https://a.example.com', { ingress: { tlsSecretName: 'tls' } }],
  ['http://a.example.com', { scheme: 'http', ingress: { tlsSecretName: 'tls' } }],
  ['https://a.example.com', { scheme: 'https', ingress: { className: 'alb' } }],
  ['https://a.example.com/mcp', { path: '/mcp', gateway: { name: 'main' } }],
  ['http://a.example.com', { scheme: 'http', gateway: { name: 'main', sectionName: 'http' } }],
])('%s is the URL of %j', (url, expose) => {
  expect(exposedUrl(exposeSchema.parse({ host: 'a.example.com', ...expose }))).toBe(url);
});
