import type { ApiClient } from './client/api-client.ts';
import { isNotFound } from './client/errors.ts';
import { intercept } from './client/intercept.ts';

/** The operations on a span. */
export interface TraceSpan {
  setAttribute(key: string, value: string | number): unknown;
  recordException(error: Error | string): unknown;
  /** `code` 2 is an error, as OpenTelemetry's `SpanStatusCode` has it. */
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}

/** What is needed from a tracer. An OpenTelemetry tracer (`@opentelemetry/api`) fits as it is; this package does not need it. */
export interface Tracer {
  startActiveSpan<F extends (span: TraceSpan) => unknown>(
    name: string,
    options: { attributes?: Record<string, string | number> },
    fn: F,
  ): ReturnType<F>;
}

const ERROR = 2;

/** Runs `work` in its own span, which ends with it; what it throws is recorded if it is a failure. Without a tracer it just runs. */
export async function inSpan<T>(
  tracer: Tracer | undefined,
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  work: (span: TraceSpan | undefined) => Promise<T>,
  isFailure: (error: unknown) => boolean = () => true,
): Promise<T> {
  if (tracer === undefined) return work(undefined);
  const known = Object.entries(attributes).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return tracer.startActiveSpan(name, { attributes: Object.fromEntries(known) }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      if (isFailure(error)) failSpan(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Marks a span as failed. */
export function failSpan(span: TraceSpan | undefined, error: unknown): void {
  span?.recordException(error instanceof Error ? error : String(error));
  span?.setStatus({ code: ERROR, message: error instanceof Error ? error.message : String(error) });
}

/** A client whose calls are spans, each below the reconcile that makes it. Watches are excluded: they last for minutes. */
export function traceCalls(client: ApiClient, tracer: Tracer): ApiClient {
  return intercept(client, (call, next) => {
    if (call.verb === 'watch') return next();
    const { verb, kind, namespace, name, subresource } = call;
    const attributes = {
      'k8s.resource': kind?.plural,
      'k8s.namespace.name': namespace,
      'k8s.object.name': name,
      'k8s.subresource': subresource,
    };
    return inSpan(tracer, kind === undefined ? verb : `${verb} ${kind.plural}`, attributes, next, (error) => !isNotFound(error));
  });
}
