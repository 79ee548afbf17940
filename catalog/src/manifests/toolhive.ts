import { compact, type JsonObject } from '../json.ts';
import type { Endpoint, PackageTarget, RemoteTarget } from '../launch/target.ts';
import { textOf } from '../launch/text.ts';
import { containerArgs, notAnImage, portNumber, warnAboutOptions } from './container.ts';
import { valuesOf, type Context, type Made, type ManifestForm } from './form.ts';
import { joinedName } from './names.ts';
import { permissionProfile } from './permissions.ts';
import { createSecret } from './secret.ts';

const API_VERSION = 'toolhive.stacklok.dev/v1beta1';
/** Where the operator's proxy listens. */
const PROXY_PORT = 8080;
const OPEN =
  'The proxy authenticates nobody: whoever reaches its port can use the server. Set "spec.oidcConfigRef" where that is not enough.';

/**
 * ToolHive's operator: MCPServer for an image, MCPRemoteProxy for a remote. Fields from stacklok/toolhive,
 * cmd/thv-operator/api/v1beta1/{mcpserver_types,mcpremoteproxy_types}.go; v1alpha1 is deprecated and still served.
 */
export const toolhive: ManifestForm = {
  refusal: notAnImage,
  make: (target, context) => (target.kind === 'remote' ? remoteProxy(target, context) : server(target, context)),
};

function server(target: PackageTarget, context: Context): Made {
  const { name, namespace, metadata, fill, warn } = context;
  const args = containerArgs(target, context);
  const { plain, secret } = valuesOf(target.environment, fill);
  const profile = permissionProfile(target.name, context);
  warnAboutOptions(target, warn);
  warn(OPEN);
  // The list has one element per Secret name, so each value gets its own Secret.
  const secrets = secret.map((value) => ({ ...value, secret: joinedName(name, value.name) }));
  const spec = compact({
    image: target.name,
    transport: transportOf(target.endpoint),
    proxyPort: PROXY_PORT,
    mcpPort: portNumber(target, context),
    args: args.length === 0 ? undefined : args,
    env: plain.length === 0 ? undefined : plain.map((variable) => ({ ...variable })),
    secrets: secrets.length === 0 ? undefined : secrets.map((one) => ({ name: one.secret, key: one.name, targetEnvName: one.name })),
    permissionProfile: profile?.reference,
  });
  return {
    manifests: [
      ...(profile?.configMap === undefined ? [] : [profile.configMap]),
      { apiVersion: API_VERSION, kind: 'MCPServer', metadata, spec },
    ],
    preparations: secrets.map((one) => createSecret(one.secret, [one], namespace)),
  };
}

function transportOf(endpoint: Endpoint | undefined): string {
  if (endpoint === undefined) return 'stdio';
  return endpoint.type === 'sse' ? 'sse' : 'streamable-http';
}

function remoteProxy({ endpoint }: RemoteTarget, { name, namespace, metadata, fill, warn }: Context): Made {
  const { plain, secret } = valuesOf(endpoint.headers, fill);
  warn(OPEN);
  const secretName = `${name}-headers`;
  const forwarded: JsonObject = compact({
    addPlaintextHeaders: plain.length === 0 ? undefined : Object.fromEntries(plain.map((header) => [header.name, header.value])),
    addHeadersFromSecret:
      secret.length === 0
        ? undefined
        : secret.map((header) => ({ headerName: header.name, valueSecretRef: { name: secretName, key: header.name } })),
  });
  const spec = compact({
    remoteUrl: textOf(endpoint.url, fill) ?? '',
    transport: transportOf(endpoint),
    proxyPort: PROXY_PORT,
    headerForward: Object.keys(forwarded).length === 0 ? undefined : forwarded,
  });
  return {
    manifests: [{ apiVersion: API_VERSION, kind: 'MCPRemoteProxy', metadata, spec }],
    preparations: secret.length === 0 ? [] : [createSecret(secretName, secret, namespace)],
  };
}
