import type { MCPRegistryInput } from './types.ts';

/** An object in the registry's namespace that the manifest needs, and the field that names it. */
export interface ObjectReference {
  /** For example `spec.sources[0].configmap.name`. */
  readonly path: string;
  readonly name: string;
}

type Spec = MCPRegistryInput['spec'];
type Source = NonNullable<Spec['source']>;

/** Every ConfigMap that the sources of a registry name: data and certificates. */
export function configMapReferences({ spec }: { readonly spec: Spec }): ObjectReference[] {
  return sourcesOf(spec).flatMap(({ path, source: { configmap, tls } }) => [
    ...reference(`${path}.configmap.name`, configmap?.name),
    ...reference(`${path}.tls.caConfigMapRef.name`, tls?.caConfigMapRef?.name),
  ]);
}

/** Every Secret that a registry needs: credentials and certificates of its sources, those of image registries, and environment variables. */
export function secretReferences({ spec }: { readonly spec: Spec }): ObjectReference[] {
  const ofSources = sourcesOf(spec).flatMap(({ path, source: { auth, tls } }) => [
    ...reference(`${path}.auth.secretRef.name`, auth?.secretRef.name),
    ...reference(`${path}.tls.caSecretRef.name`, tls?.caSecretRef?.name),
  ]);
  const ofImages = (spec.imagePullSecrets ?? []).flatMap(({ name }, index) => reference(`spec.imagePullSecrets[${index}].name`, name));
  const ofVariables = (spec.env ?? []).flatMap(({ valueFrom }, index) => {
    const key = valueFrom?.secretKeyRef;
    return reference(`spec.env[${index}].valueFrom.secretKeyRef.name`, key?.optional === true ? undefined : key?.name);
  });
  return [...ofSources, ...ofImages, ...ofVariables];
}

function sourcesOf(spec: Spec): { readonly path: string; readonly source: Source }[] {
  const single = spec.source === undefined ? [] : [{ path: 'spec.source', source: spec.source }];
  return [...single, ...(spec.sources ?? []).map((source, index) => ({ path: `spec.sources[${index}]`, source }))];
}

function reference(path: string, name: string | undefined): ObjectReference[] {
  return name === undefined ? [] : [{ path, name }];
}
