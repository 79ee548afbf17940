import { PARAMETERS, PARAMETERS_LABEL } from '../names.ts';
import { quoted } from './cel.ts';
import type { PolicySpec } from './policy.ts';

/**
 * Who may write and delete the parameter ConfigMaps besides the controller: the garbage collector and the namespace controller. A controller manager without
 * separate service accounts for its controllers does both under one name.
 */
const COLLECTORS = [
  'system:serviceaccount:kube-system:generic-garbage-collector',
  'system:serviceaccount:kube-system:namespace-controller',
  'system:kube-controller-manager',
] as const;

/**
 * The policy that keeps everybody else from changing the parameter ConfigMaps. It matches every ConfigMap: a request without a name, such as
 * `deletecollection`, bypasses a rule with `resourceNames`. `variables.controllers` are the user names of the controllers, set by whoever installs it: the
 * policies of several releases see each other's ConfigMaps.
 */
export function guardSpec(): Omit<PolicySpec, 'variables'> {
  const isParameters = `o.metadata.name.matches(${quoted(`^${PARAMETERS}(-[0-9]+)?$`)}) || o.metadata.?labels[?${quoted(PARAMETERS_LABEL.key)}].hasValue()`;
  return {
    matchConstraints: {
      resourceRules: [{ apiGroups: [''], apiVersions: ['*'], operations: ['CREATE', 'UPDATE', 'DELETE'], resources: ['configmaps'] }],
    },
    matchConditions: [{ name: 'parameters', expression: `[object, oldObject].exists(o, o != null && (${isParameters}))` }],
    validations: [
      {
        expression: `request.userInfo.username in variables.controllers || request.userInfo.username in ${quoted(COLLECTORS)}`,
        message: `ConfigMaps ${PARAMETERS} tell the admission policies what is allowed; only the controller of MCPRegistries writes them. To change what is allowed, change the catalog or spec.enforceServers of an MCPRegistry`,
        reason: 'Forbidden',
      },
    ],
  };
}
