import { appLabelValue, labels } from '@toolhive-registry/api';

/** Value of `app.kubernetes.io/managed-by` on everything the controller makes; its informers list by it. */
export const MANAGED_BY = 'toolhive-registry-controller';

/** What the Deployment and the Service select pods by. Never changes: a Deployment's selector cannot. */
export function selectorLabels(registry: string): Record<string, string> {
  return { [labels.app]: appLabelValue, [labels.registryName]: registry };
}

/** Identifies a registry's own objects. */
export function identityLabels(registry: string): Record<string, string> {
  return { [labels.registryName]: registry, [labels.appManagedBy]: MANAGED_BY };
}

/** The labels of every child, and of the pods. */
export function childLabels(registry: string): Record<string, string> {
  return {
    ...selectorLabels(registry),
    [labels.appName]: 'toolhive-registry-server',
    [labels.appInstance]: registry,
    [labels.appComponent]: 'registry-api',
    [labels.appManagedBy]: MANAGED_BY,
    [labels.appPartOf]: 'toolhive-registry',
  };
}
