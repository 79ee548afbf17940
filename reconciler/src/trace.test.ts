import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { context, SpanStatusCode, type Tracer as OpenTelemetryTracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { KubeClient } from './client/client.ts';
import { CONFIG_MAPS } from './client/kinds.ts';
import { silentLogger } from './logger.ts';
import { Manager } from './manager/manager.ts';
import { eventually } from './testing/eventually.ts';
import { FakeApi } from './testing/fake-api.ts';
import type { Tracer } from './trace.ts';

let api: FakeApi;
let client: KubeClient;
const exporter = new InMemorySpanExporter();

beforeEach(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api = await FakeApi.start();
  client = new KubeClient({ access: api.access });
});

afterEach(async () => {
  context.disable();
  await client.close();
  await api.down();
});

test('an OpenTelemetry tracer gets a span for each reconcile, and below it one for each call', async () => {
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const opened: OpenTelemetryTracer = provider.getTracer('test');
  // It fits as it is.
  const tracer: Tracer = opened;
  const stop = new AbortController();
  const manager = new Manager({
    client,
    fieldManager: 'test',
    tracer,
    healthAddress: '127.0.0.1:0',
    metricsAddress: '127.0.0.1:0',
    logger: silentLogger(),
  });
  let passes = 0;
  manager.controller(CONFIG_MAPS, { name: 'maps' }).reconcile(async ({ object, status }) => {
    passes += 1;
    await status({ seen: true });
    if (passes === 1) throw new Error(`no luck with ${object.metadata.name}`);
  });
  api.put('a');
  const running = manager.run(stop.signal);
  await eventually(() => expect(passes).toBe(2));
  stop.abort(new Error('enough'));
  await running;

  const spans = exporter.getFinishedSpans();
  const reconciles = spans.filter(({ name }) => name === 'reconcile maps');
  expect(reconciles.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.UNSET]);
  expect(reconciles[0]?.status.message).toBe('no luck with a');
  expect(reconciles[0]?.attributes).toMatchObject({ 'k8s.namespace.name': 'default', 'k8s.object.name': 'a', 'reconcile.failures': 0 });
  expect(reconciles[1]?.attributes).toMatchObject({ 'reconcile.failures': 1 });
  const calls = spans.filter(({ name }) => name === 'apply configmaps');
  expect(calls[0]?.parentSpanContext?.spanId).toBe(reconciles[0]?.spanContext().spanId);
  expect(calls[0]?.attributes).toMatchObject({ 'k8s.object.name': 'a', 'k8s.subresource': 'status' });
});
