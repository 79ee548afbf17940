import type { MCPRegistry, Source } from './types.ts';

/** A ConfigMap of the registry's namespace that a source needs, and the field that names it. */
export interface ConfigMapReference {
  /** For example `spec.sources[0].configmap.name`. */
  readonly path: string;
  readonly name: string;
}

/** Every ConfigMap that the sources of a registry name: data and certificates. */
export function configMapReferences({ spec }: MCPRegistry): ConfigMapReference[] {
  const single = spec.source === undefined ? [] : referencesOf(spec.source, 'spec.source');
  return [...single, ...(spec.sources ?? []).flatMap((source, index) => referencesOf(source, `spec.sources[${index}]`))];
}

function referencesOf({ configmap, tls }: Source, path: string): ConfigMapReference[] {
  const certificates = tls?.caConfigMapRef;
  return [
    ...(configmap === undefined ? [] : [{ path: `${path}.configmap.name`, name: configmap.name }]),
    ...(certificates === undefined ? [] : [{ path: `${path}.tls.caConfigMapRef.name`, name: certificates.name }]),
  ];
}
