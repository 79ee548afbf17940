import { at, isObject, own, type Json, type JsonObject } from '../json.ts';
import { imageExtension } from '../launch/extension.ts';
import type { Context } from './form.ts';

/** Key of the profile in its ConfigMap. */
const KEY = 'profile.json';

/** A reference to a permission profile, and the ConfigMap that it needs. */
export interface Profile {
  readonly reference: JsonObject;
  readonly configMap?: JsonObject;
}

/**
 * The permission profile of an image, from ToolHive's extension of the entry (stacklok/toolhive, cmd/thv-operator/api/v1beta1/mcpserver_types.go,
 * PermissionProfileRef). Undefined: the entry has none, and the operator's default applies.
 */
export function permissionProfile(image: string, { server, name, namespace, warn }: Context): Profile | undefined {
  const permissions = own(imageExtension(server, image), 'permissions');
  if (!isObject(permissions)) return undefined;
  const files = ['read', 'write'].filter((key) => listOf(own(permissions, key)).length > 0);
  if (files.length > 0 || own(permissions, 'privileged') === true)
    warn('The entry asks for files of the machine, or for all of it: that part of its permissions is left out.');
  const outbound = at(permissions, 'network', 'outbound');
  if (at(outbound, 'insecure_allow_all') === true) return { reference: { type: 'builtin', name: 'network' } };
  const [hosts, ports] = [listOf(at(outbound, 'allow_host')), listOf(at(outbound, 'allow_port'))];
  if (hosts.length === 0 && ports.length === 0) return { reference: { type: 'builtin', name: 'none' } };
  const profile = { network: { outbound: { insecure_allow_all: false, allow_host: hosts, allow_port: ports } } };
  const configMap = `${name}-permissions`;
  return {
    reference: { type: 'configmap', name: configMap, key: KEY },
    configMap: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: configMap, ...(namespace === undefined ? {} : { namespace }) },
      data: { [KEY]: JSON.stringify(profile, null, 2) },
    },
  };
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string' || typeof one === 'number') : [];
}
