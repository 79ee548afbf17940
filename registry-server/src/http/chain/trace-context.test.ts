import { expect, test } from '@jest/globals';
import { hotRoute } from '../routes/route.ts';
import { testPort } from '../testing.ts';

const failing = hotRoute(
  {
    id: 'fail',
    methods: ['GET'],
    path: '/v0.1/fail',
    ports: ['public'],
    tag: 'catalog',
    summary: 'A row of this test',
    success: { status: 200, description: 'Something.' },
    errors: [],
  },
  () => {
    throw new Error('what went wrong');
  },
);

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const SEEN = { traceId: TRACE, spanId: SPAN };
const NONE = { traceId: undefined, spanId: undefined };
test.each<[string, string | undefined, typeof SEEN | typeof NONE]>([
  ['sampled', `00-${TRACE}-${SPAN}-01`, SEEN],
  ['not sampled', `00-${TRACE}-${SPAN}-00`, SEEN],
  ['with flags that are not known yet', `00-${TRACE}-${SPAN}-ff`, SEEN],
  ['of a later version', `01-${TRACE}-${SPAN}-01`, SEEN],
  ['of a later version that says more', `fe-${TRACE}-${SPAN}-01-what-ever`, SEEN],
  ['that is missing', undefined, NONE],
  ['that is empty', '', NONE],
  ['of version 00 that says more', `00-${TRACE}-${SPAN}-01-more`, NONE],
  ['of a later version that says more without a hyphen', `01-${TRACE}-${SPAN}-01more`, NONE],
  ['of the version that is forbidden', `ff-${TRACE}-${SPAN}-01`, NONE],
  ['with a version of one digit', `0-${TRACE}-${SPAN}-01`, NONE],
  ['with a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`, NONE],
  ['with a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`, NONE],
  ['in upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`, NONE],
  ['with what is no hex digit', `00-${TRACE.replace('4', 'g')}-${SPAN}-01`, NONE],
  ['with a trace id that is short', `00-${TRACE.slice(1)}-${SPAN}-01`, NONE],
  ['with a span id that is long', `00-${TRACE}-${SPAN}0-01`, NONE],
  ['without flags', `00-${TRACE}-${SPAN}`, NONE],
  ['that is there twice', `01-${TRACE}-${SPAN}-01, 01-${TRACE}-${SPAN}-01`, NONE],
])('a traceparent %s', async (_, header, expected) => {
  await using port = await testPort([failing]);
  for (const path of ['/health', '/nowhere', '/v0.1/fail']) {
    await (await fetch(`${port.url}${path}`, header === undefined ? {} : { headers: { traceparent: header } })).arrayBuffer();
  }
  expect(port.log.map(({ msg, traceId, spanId }) => ({ msg, traceId, spanId }))).toEqual([
    { msg: 'request', ...expected },
    { msg: 'request refused', ...expected },
    { msg: 'a request failed unexpectedly', ...expected },
  ]);
});
