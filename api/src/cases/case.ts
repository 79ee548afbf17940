import { apiVersion, kind } from '../group.ts';

/** A manifest that both the API server and `parseMCPRegistry` must accept. */
export interface ValidCase {
  readonly name: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** A manifest that both must refuse, with an error at `path` that contains `fragment`. */
export interface InvalidCase extends ValidCase {
  /** Where the fault is, for example `spec.sources[0].git`. */
  readonly path: string;
  /** Part of both messages; where bounds are worded differently, the path again. */
  readonly fragment: string;
}

/** A manifest named `case` in namespace `default` around a spec. */
export function withSpec(spec: unknown, metadata: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { apiVersion, kind, metadata: { name: 'case', namespace: 'default', ...metadata }, spec };
}

/** The smallest source, for cases about something else. */
export const source = { configmap: { name: 'catalog' } } as const;

/** A case whose spec is the smallest one with `fields` added. */
export function specCase(name: string, fields: Readonly<Record<string, unknown>>): ValidCase {
  return { name, manifest: withSpec({ source, ...fields }) };
}

/** An invalid case whose spec is the smallest one with `fields` added; `fragment` defaults to the path. */
export function badSpec(name: string, fields: Readonly<Record<string, unknown>>, path: string, fragment = path): InvalidCase {
  return { ...specCase(name, fields), path, fragment };
}

/** An invalid case with `source` as its only source; `path` is relative to it. */
export function badSource(name: string, source: unknown, path: string, fragment?: string): InvalidCase {
  const full = path === '' ? 'spec.source' : `spec.source.${path}`;
  return { name, manifest: withSpec({ source }), path: full, fragment: fragment ?? full };
}
