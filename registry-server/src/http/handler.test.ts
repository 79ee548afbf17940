import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { jsonAnswer } from './chain/answer.ts';
import { HOT_SAMPLE } from './chain/access-log.ts';
import { integerParameter, parameter, pathParameter } from './input/parameters.ts';
import { hotRoute, route, type AnyRoute, type RouteFacts } from './routes/route.ts';
import { testPort, type TestPort } from './testing.ts';
import { HttpError } from '../errors.ts';

const facts = {
  methods: ['GET'],
  ports: ['public'],
  tag: 'catalog',
  summary: 'A row of this test',
  success: { status: 200, description: 'Something.' },
  errors: [],
} as const satisfies Partial<RouteFacts>;

function refuseLong(name: string): void {
  if (name.length > 10) throw new HttpError('unprocessable', `name in the path has ${name.length} characters; at most 10 are allowed`);
}

/** A row as the next endpoint will have it. */
const greeting = route(
  {
    ...facts,
    id: 'greet',
    methods: ['POST'],
    path: '/v0.1/greetings/{name}',
    params: { name: pathParameter({ description: 'Who is greeted.', maxLength: 10 }, refuseLong) },
    query: { times: integerParameter('times', { min: 1, max: 3, fallback: 1, description: 'How often.' }) },
    body: z.object({ word: z.string() }),
  },
  ({ params, query, body }) =>
    jsonAnswer(
      200,
      Array.from({ length: query.times }, () => `${body.word} ${params.name}`),
    ),
);

/** A hot row, which counts how often it is asked. */
function countingRow(): { row: AnyRoute; asked: () => number } {
  let asked = 0;
  const row = hotRoute(
    { ...facts, id: 'count', path: '/v0.1/hot', query: { search: parameter({ description: 'A text.' }, (text) => text) } },
    ({ query }) => {
      asked += 1;
      return [Buffer.from(JSON.stringify({ found: query.search ?? 'all' }))];
    },
    { pinned: ({ query }) => query.search === undefined },
  );
  return { row, asked: () => asked };
}

const throwing = (error: Error): AnyRoute =>
  hotRoute({ ...facts, id: 'fail', path: '/v0.1/fail' }, () => {
    throw error;
  });

/** A hot row that answers in three slices, and says which of them were done. */
function slicedRow(): { row: AnyRoute; done: string[] } {
  const done: string[] = [];
  const row = hotRoute(
    { ...facts, id: 'slices', path: '/v0.1/slices', query: { fail: parameter({ description: 'A text.' }, (text) => text) } },
    function* ({ query }) {
      for (const slice of ['one', 'two']) {
        done.push(slice);
        yield undefined;
      }
      if (query.fail !== undefined) throw new HttpError('unprocessable', 'it failed late');
      return [Buffer.from('["three"]')];
    },
  );
  return { row, done };
}

function post(
  port: TestPort,
  path: string,
  body?: string,
  headers: Record<string, string> = { 'Content-Type': 'application/json' },
): Promise<Response> {
  return fetch(`${port.url}${path}`, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });
}

describe('a new endpoint is one row', () => {
  test('it is dispatched, and its schemas check what arrives', async () => {
    await using port = await testPort([greeting]);
    for (const path of ['/v0.1/greetings/a%2Fb?times=2', '/v0/greetings/a%2Fb/?times=2', '/registry/test/v0.1/greetings/a%2Fb?times=2']) {
      const response = await post(port, path, '{"word":"hello"}');
      expect([path, response.status, await response.json()]).toEqual([path, 200, ['hello a/b', 'hello a/b']]);
    }
  });

  const JSON_TYPE = 'application/json';
  test.each<[string, { query?: string; body?: string; type?: string }, number, string]>([
    ['a parameter out of range', { query: '?times=4', body: '{"word":"x"}' }, 422, 'times is "4"; use a whole number from 1 to 3'],
    ['a body that does not fit', { body: '{"word":1}', type: `${JSON_TYPE}; charset=utf-8` }, 422, 'word in the body'],
    ['a body that is no JSON', { body: '{' }, 400, 'the body is not JSON'],
    ['no body', {}, 400, 'the body is not JSON'],
    ['another type', { body: 'word=x', type: 'application/x-www-form-urlencoded' }, 415, 'send application/json'],
    ['a body that is too large', { body: JSON.stringify({ word: 'x'.repeat(70_000) }) }, 413, 'more than 65536 bytes'],
  ])('%s is refused', async (_, { query = '', body, type = JSON_TYPE }, status, detail) => {
    await using port = await testPort([greeting]);
    const response = await post(port, `/v0.1/greetings/me${query}`, body, { 'Content-Type': type });
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([status, expect.stringContaining(detail)]);
  });

  test('a body whose length is not announced is refused too, with an answer', async () => {
    await using port = await testPort([greeting]);
    const body = new ReadableStream({
      start: (stream) => {
        for (let count = 0; count < 20; count += 1) stream.enqueue(Buffer.from('x'.repeat(8192)));
        stream.close();
      },
    });
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${port.url}/v0.1/greetings/me`, { method: 'POST', headers, body, duplex: 'half' });
    expect([response.status, response.headers.get('connection')]).toEqual([413, 'close']);
  });

  test('OPTIONS and other methods are answered', async () => {
    await using port = await testPort([greeting]);
    const options = await fetch(`${port.url}/v0.1/greetings/me`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
    expect(options.headers.get('access-control-allow-origin')).toBe('*');
    const refused = await fetch(`${port.url}/v0.1/greetings/me`, { method: 'DELETE' });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    expect(await refused.text()).toContain('DELETE is not supported on /v0.1/greetings/{name}; use POST, OPTIONS');
  });

  test('it is documented and listed', async () => {
    await using port = await testPort([greeting]);
    const document = (await (await fetch(`${port.url}/openapi.json`)).json()) as { paths: Record<string, unknown> };
    expect(document.paths['/v0.1/greetings/{name}']).toMatchObject({
      post: {
        operationId: 'greet',
        parameters: [
          { name: 'name', in: 'path', required: true, schema: { type: 'string', maxLength: 10 } },
          { name: 'times', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 3, default: 1 } },
        ],
        requestBody: { content: { 'application/json': { schema: { required: ['word'] } } } },
        responses: { 200: {}, 400: {}, 413: {}, 415: {}, 422: {}, 500: {} },
      },
    });
    const index = (await (await fetch(port.url)).json()) as { endpoints: string[] };
    expect(index.endpoints).toContain('POST /v0.1/greetings/{name}');
  });

  test('on the other port it is missing, and the answer says where it is', async () => {
    await using port = await testPort([greeting], 'internal');
    const response = await post(port, '/v0.1/greetings/me', '{"word":"x"}');
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('/v0.1/greetings/me is on the main port')]);
    expect(await (await fetch(`${port.url}/nowhere`)).text()).toContain('This is the internal port; it has');
  });
});

describe('the chain', () => {
  test.each(['/v0.1/fail', '/cold'])('an unexpected error on %s is answered without its cause, which is logged', async (path) => {
    const error = new Error('what went wrong', { cause: new Error('deep inside') });
    const cold = route({ ...facts, id: 'cold', path: '/cold' }, () => Promise.reject(error));
    await using port = await testPort([throwing(error), cold], 'both', 'error');
    const response = await fetch(`${port.url}${path}?search=private`, { headers: { 'X-Request-Id': 'mine' } });
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('wrong')]);
    expect(port.log).toEqual([
      expect.objectContaining({ level: 50, requestId: 'mine', path, status: 500, msg: 'a request failed unexpectedly' }),
    ]);
    expect(JSON.stringify(port.log)).toContain('what went wrong: deep inside');
    expect(JSON.stringify(port.log)).not.toContain('private');
  });

  test('what is expected is not logged as an error', async () => {
    await using port = await testPort([throwing(new HttpError('notFound', 'Server not found'))], 'both', 'info');
    expect((await fetch(`${port.url}/v0.1/fail`)).status).toBe(404);
    port.serve(undefined);
    expect((await fetch(`${port.url}/v0.1/servers`)).status).toBe(503);
    expect(port.log).toEqual([]);
  });

  test.each<[string, string | undefined, RegExp]>([
    ['is taken over', 'abc-123', /^abc-123$/],
    ['is made when there is none', undefined, /^made-\w+$/],
    ['is replaced when it is long', 'x'.repeat(65), /^made-\w+$/],
    ['is replaced when it has a space', 'a b', /^made-\w+$/],
  ])('the request id %s', async (_, given, expected) => {
    await using port = await testPort([countingRow().row]);
    for (const path of ['/health', '/v0.1/hot', '/nowhere']) {
      const response = await fetch(`${port.url}${path}`, given === undefined ? {} : { headers: { 'X-Request-Id': given } });
      expect(response.headers.get('x-request-id')).toMatch(expected);
    }
  });

  test('every answer is logged, of hot routes a sample', async () => {
    await using port = await testPort([countingRow().row]);
    for (let count = 0; count < HOT_SAMPLE; count += 1) await (await fetch(`${port.url}/v0.1/hot`)).arrayBuffer();
    for (let count = 0; count < 3; count += 1) await (await fetch(`${port.url}/health?a=1`)).arrayBuffer();
    expect(port.log.map(({ route }) => route)).toEqual(['/v0.1/hot', '/health', '/health', '/health']);
    expect(port.log[1]).toMatchObject({ method: 'GET', path: '/health', status: 200, ms: expect.any(Number), msg: 'request' });
  });

  test('the status is not assembled to answer requests', async () => {
    await using port = await testPort([countingRow().row]);
    for (const path of ['/', '/v0.1/hot', '/v0.1/hot', '/health', '/readiness', '/version', '/openapi.json', '/metrics', '/nowhere']) {
      await (await fetch(`${port.url}${path}`)).arrayBuffer();
    }
    expect(port.statusCalls()).toBe(0);
  });
});

describe('answers that are kept', () => {
  test('junk does not displace the first page, and spellings share one answer', async () => {
    const { row, asked } = countingRow();
    await using port = await testPort([row], 'both', 'error');
    const get = async (query: string): Promise<unknown> => (await fetch(`${port.url}/v0.1/hot${query}`)).json();
    for (let index = 0; index < 600; index += 1) await get(`?search=junk${index}`);
    expect(asked()).toBe(600);
    await get('');
    expect(asked()).toBe(601);
    for (let index = 0; index < 100; index += 1) {
      expect(await get(`?unknown=${index}`)).toEqual({ found: 'all' });
      expect(await get('?search=')).toEqual({ found: 'all' });
      await get('?search=hot');
    }
    // Twice for search=hot: it is admitted with the second question.
    expect(asked()).toBe(603);
  });

  test('another snapshot brings other answers', async () => {
    const { row, asked } = countingRow();
    await using port = await testPort([row]);
    const tagOf = async (): Promise<string | null> => (await fetch(`${port.url}/v0.1/hot`)).headers.get('etag');
    const before = [await tagOf(), await tagOf()];
    port.serve('b'.repeat(64));
    const after = [await tagOf(), await tagOf()];
    expect([before, after, asked()]).toEqual([Array(2).fill(`"${'a'.repeat(32)}"`), Array(2).fill(`"${'b'.repeat(32)}"`), 2]);
  });

  test('a HEAD and a 304 come from a kept answer too', async () => {
    const { row, asked } = countingRow();
    await using port = await testPort([row]);
    const etag = (await fetch(`${port.url}/v0.1/hot`)).headers.get('etag') ?? '';
    const head = await fetch(`${port.url}/v0.1/hot`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '15', '']);
    const unchanged = await fetch(`${port.url}/v0.1/hot`, { headers: { 'If-None-Match': etag } });
    expect([unchanged.status, unchanged.headers.get('etag'), unchanged.headers.get('cache-control')]).toEqual([304, etag, 'no-cache']);
    expect(asked()).toBe(1);
    expect((await fetch(`${port.url}/v0.1/hot`, { method: 'POST' })).status).toBe(405);
  });
});

describe('what changes state', () => {
  const change = route({ ...facts, tag: 'operations', id: 'change', methods: ['POST'], path: '/registry/change' }, () =>
    jsonAnswer(202, {}),
  );

  test.each<[string, Record<string, string>, number]>([
    ['a program', {}, 202],
    ['a page', { Origin: 'http://evil.example' }, 403],
    ['a page that hides where it is', { Origin: 'null' }, 403],
    ['a page of the same address', { Origin: 'http://127.0.0.1:8080' }, 403],
  ])('is for programs only: %s', async (_, headers, status) => {
    await using port = await testPort([change]);
    const response = await fetch(`${port.url}/registry/change`, { method: 'POST', headers });
    expect(response.status).toBe(status);
  });

  test('is not offered to pages by a preflight', async () => {
    await using port = await testPort([change]);
    const { headers } = await fetch(`${port.url}/registry/change`, { method: 'OPTIONS' });
    expect([headers.get('access-control-allow-methods'), headers.get('allow')]).toEqual(['OPTIONS', 'POST, OPTIONS']);
  });
});

describe('an answer in slices', () => {
  test('is put together, and kept like any other', async () => {
    const { row, done } = slicedRow();
    await using port = await testPort([row]);
    for (let count = 0; count < 4; count += 1) {
      const response = await fetch(`${port.url}/v0.1/slices`);
      expect([response.status, await response.json()]).toEqual([200, ['three']]);
    }
    // Kept when it was asked for the second time.
    expect(done).toEqual(['one', 'two', 'one', 'two']);
  });

  test('may fail in any of them', async () => {
    const { row } = slicedRow();
    await using port = await testPort([row]);
    const response = await fetch(`${port.url}/v0.1/slices?fail=1`);
    expect([response.status, await response.json()]).toEqual([422, expect.objectContaining({ detail: 'it failed late' })]);
  });
});
