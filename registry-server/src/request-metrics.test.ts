import { describe, expect, test } from '@jest/globals';
import { HttpError } from './errors.ts';
import { jsonAnswer } from './http/chain/answer.ts';
import { pathParameter } from './http/input/parameters.ts';
import { hotRoute, route, type RouteFacts } from './http/routes/route.ts';
import { testPort } from './http/testing.ts';
import { eventually, samplesOf } from './testing.ts';

const facts = {
  methods: ['GET'],
  ports: ['public'],
  tag: 'catalog',
  summary: 'A row of this test',
  success: { status: 200, description: 'Something.' },
  errors: [],
} as const satisfies Partial<RouteFacts>;

const hot = hotRoute({ ...facts, id: 'hot', path: '/v0.1/hot' }, () => [Buffer.from('{"found":"all"}')]);

const failing = hotRoute({ ...facts, id: 'fail', path: '/v0.1/fail' }, () => {
  throw new Error('what went wrong');
});

const greeting = route(
  {
    ...facts,
    id: 'greet',
    methods: ['GET', 'POST'],
    path: '/v0.1/greetings/{name}',
    params: { name: pathParameter({ description: 'A name.' }) },
  },
  ({ params: { name } }) => {
    if (name === 'nobody') throw new HttpError('notFound', 'there is nobody');
    if (name === 'none') throw new HttpError('unprocessable', 'that is no name');
    return jsonAnswer(200, name);
  },
);

describe('metrics of requests', () => {
  const counted = (route: string, method: string, code: number): string =>
    `mcpregistry_http_requests_total{code="${code}",method="${method}",route="${route}"}`;
  const bytesOf = (route: string): string => `mcpregistry_http_response_bytes_total{route="${route}"}`;

  test('answers are counted by path template, method and status code', async () => {
    await using port = await testPort([greeting, hot, failing], 'both', 'silent');
    const etag = (await fetch(`${port.url}/v0.1/hot`)).headers.get('etag') ?? '';
    await fetch(`${port.url}/v0.1/hot`);
    await fetch(`${port.url}/v0.1/hot`, { headers: { 'If-None-Match': etag } });
    await fetch(`${port.url}/v0.1/hot`, { method: 'HEAD' });
    await fetch(`${port.url}/v0.1/fail`);
    await fetch(`${port.url}/health`, { method: 'PROPFIND' });
    for (const name of ['me', 'you', 'nobody']) await fetch(`${port.url}/v0.1/greetings/${name}`, { method: 'POST' });
    for (const junk of ['a', 'b', 'c']) await fetch(`${port.url}/nowhere/${junk}`);
    const samples = [...(await samplesOf(port.url))].filter(([name]) => name.startsWith('mcpregistry_http_requests_total'));
    expect(Object.fromEntries(samples)).toEqual({
      [counted('/v0.1/hot', 'GET', 200)]: 2,
      [counted('/v0.1/hot', 'GET', 304)]: 1,
      [counted('/v0.1/hot', 'HEAD', 200)]: 1,
      [counted('/v0.1/fail', 'GET', 500)]: 1,
      [counted('/health', 'other', 405)]: 1,
      [counted('/v0.1/greetings/{name}', 'POST', 200)]: 2,
      [counted('/v0.1/greetings/{name}', 'POST', 404)]: 1,
      [counted('unmatched', 'GET', 404)]: 3,
    });
  });

  test('the histogram adds the codes of a class up', async () => {
    await using port = await testPort([greeting]);
    for (const name of ['me', 'nobody', 'none', 'nobody']) await fetch(`${port.url}/v0.1/greetings/${name}`);
    const samples = await samplesOf(port.url);
    const ofClass = (suffix: string, le = ''): number | undefined =>
      samples.get(`mcpregistry_http_request_duration_seconds_${suffix}{${le}method="GET",route="/v0.1/greetings/{name}",status="4xx"}`);
    expect([ofClass('count'), ofClass('bucket', 'le="+Inf",'), ofClass('bucket', 'le="30",')]).toEqual([3, 3, 3]);
    expect(ofClass('sum')).toBeGreaterThan(0);
  });

  const large = [Buffer.alloc(60_000, 'x'), Buffer.alloc(60_000, 'y')];
  const streaming = route({ ...facts, id: 'stream', path: '/stream' }, () =>
    Promise.resolve({
      status: 200,
      body: (async function* () {
        for (const piece of large) yield await Promise.resolve(piece);
      })(),
    }),
  );
  test.each<[path: string, method: string, bytes: number]>([
    ['/v0.1/hot', 'GET', 15],
    ['/v0.1/hot', 'HEAD', 0],
    ['/large', 'GET', 120_000],
    ['/stream', 'GET', 120_000],
    ['/stream', 'HEAD', 0],
  ])('bytes of bodies are counted: %s by %s has %d', async (path, method, bytes) => {
    const whole = route({ ...facts, id: 'large', path: '/large' }, () => Promise.resolve({ status: 200, body: large }));
    await using port = await testPort([hot, whole, streaming]);
    const sizes: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      // What counts is what is sent.
      const headers = { 'Accept-Encoding': 'identity' };
      sizes.push((await (await fetch(`${port.url}${path}`, { method, headers })).arrayBuffer()).byteLength);
    }
    expect(sizes).toEqual([bytes, bytes, bytes]);
    expect((await samplesOf(port.url)).get(bytesOf(path))).toBe(3 * bytes);
  });

  test('requests that wait for an answer are in flight, until they have one, fail, or the client is gone', async () => {
    const { promise: release, resolve } = Promise.withResolvers<void>();
    const waiting = route({ ...facts, id: 'wait', path: '/wait' }, async () => {
      await release;
      return jsonAnswer(200, {});
    });
    await using port = await testPort([waiting, failing], 'both', 'silent');
    const inFlight = async (): Promise<number | undefined> => (await samplesOf(port.url)).get('mcpregistry_http_requests_in_flight');
    for (const path of ['/health', '/nowhere', '/v0.1/fail']) await fetch(`${port.url}${path}`);
    // The one that asks.
    expect(await inFlight()).toBe(1);
    const gone = new AbortController();
    const asked = [fetch(`${port.url}/wait`), fetch(`${port.url}/wait`, { signal: gone.signal }).catch(() => undefined)];
    await eventually(inFlight, (count) => count === 3);
    gone.abort();
    await asked[1];
    resolve();
    await asked[0];
    expect(await eventually(inFlight, (count) => count === 1)).toBe(1);
  });
});
