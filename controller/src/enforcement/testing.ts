import { fileURLToPath } from 'node:url';
import { enforcementModes } from '@toolhive-registry/api';
import { waitFor } from '@toolhive-registry/testenv';
import type { Cluster, Obj } from '../testing.ts';
import { PARAMETERS, PARAMETERS_LABEL, POLICY_LABEL, type PolicyPart } from './names.ts';
import { renderParameters, type Parameters } from './parameters.ts';
import { guardSpec } from './policy/guard.ts';
import { policySpec } from './policy/policy.ts';

/** For tests: files with CRDs in the shape of the real ones. */
export const SERVER_KIND_CRDS = ['toolhive', 'mcp-lifecycle', 'kagent'].map((name) =>
  fileURLToPath(new URL(`../../../e2e/server-kinds/${name}.yaml`, import.meta.url)),
);

const ADMISSION = '/apis/admissionregistration.k8s.io/v1';

/** For tests: creates or replaces an object through the API server. Throws the server's error. */
export async function put(cluster: Pick<Cluster, 'api'>, path: string, object: object): Promise<Obj> {
  const { status, body } = await cluster.api.request(
    'PATCH',
    `${path}?fieldManager=test&force=true`,
    object,
    'application/apply-patch+yaml',
  );
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body as Obj;
}

/** For tests: the chart's policies, for a controller with this user name. The API server takes each up a moment later, by itself. */
export async function installPolicies(cluster: Pick<Cluster, 'api'>, controller: string, name = 'registry'): Promise<void> {
  const install = async (part: PolicyPart, spec: object, binding: object): Promise<void> => {
    const [key = '', value = ''] = POLICY_LABEL.split('=');
    const metadata = { name: `${name}-${part}`, labels: { [key]: value } };
    const common = { apiVersion: 'admissionregistration.k8s.io/v1', metadata };
    await put(cluster, `${ADMISSION}/validatingadmissionpolicies/${metadata.name}`, {
      ...common,
      kind: 'ValidatingAdmissionPolicy',
      spec: { failurePolicy: 'Fail', ...spec },
    });
    await put(cluster, `${ADMISSION}/validatingadmissionpolicybindings/${metadata.name}`, {
      ...common,
      kind: 'ValidatingAdmissionPolicyBinding',
      spec: { policyName: metadata.name, ...binding },
    });
  };
  for (const mode of enforcementModes) {
    await install(mode, policySpec(mode), {
      validationActions: mode === 'enforce' ? ['Deny'] : ['Warn', 'Audit'],
      paramRef: {
        selector: { matchLabels: { [PARAMETERS_LABEL.key]: PARAMETERS_LABEL.value } },
        parameterNotFoundAction: 'Allow',
      },
    });
  }
  const variables = [{ name: 'controllers', expression: JSON.stringify([controller]) }];
  await install('guard', { ...guardSpec(), variables }, { validationActions: ['Deny'] });
}

/** For tests: the parameter ConfigMaps of a namespace, as the controller writes them. */
export async function putParameters(cluster: Pick<Cluster, 'api'>, namespace: string, parameters: Parameters): Promise<void> {
  for (const [index, data] of renderParameters(parameters, []).entries()) {
    const name = index === 0 ? PARAMETERS : `${PARAMETERS}-${index + 1}`;
    await put(cluster, `/api/v1/namespaces/${namespace}/configmaps/${name}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels: { [PARAMETERS_LABEL.key]: PARAMETERS_LABEL.value } },
      data,
    });
  }
}

/** For tests: waits until the API server evaluates policies with the latest parameters. */
export async function untilRefused(refusal: () => Promise<unknown>, isRefused: boolean): Promise<void> {
  await waitFor(async () => ((await refusal()) !== undefined) === isRefused, {
    message: `a request to be ${isRefused ? 'refused' : 'let in'}`,
  });
}
