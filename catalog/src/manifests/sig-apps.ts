import { compact } from '../json.ts';
import { upperFirst } from '../launch/choice.ts';
import type { Refusal } from '../launch/reading.ts';
import type { PackageTarget, RemoteTarget, Target } from '../launch/target.ts';
import { normalImage } from '../references/normal.ts';
import { containerArgs, notAnImage, pathOf, portNumber, warnAboutOptions } from './container.ts';
import { valuesOf, type Context, type Made, type ManifestForm } from './form.ts';
import { createSecret } from './secret.ts';

/** The default port if none is known. */
const GUESS = 8080;

/**
 * The MCP Lifecycle Operator of Kubernetes SIG Apps, for images that listen on HTTP. Fields from kubernetes-sigs/mcp-lifecycle-operator,
 * api/v1alpha1/mcpserver_types.go; v1beta1 (August 2026) has the same ones, and every release serves v1alpha1.
 */
export const sigApps: ManifestForm = { refusal, make };

function refusal(target: Target): Refusal | undefined {
  const subject = upperFirst(target.about);
  if (target.kind === 'remote')
    return {
      reason: 'transport',
      message: `${subject} is run by somebody else, and this operator runs images`,
      remedy: 'Use ToolHive, whose MCPRemoteProxy reaches remotes.',
    };
  const other = notAnImage(target);
  if (other !== undefined || (target.kind === 'package' && target.endpoint !== undefined)) return other;
  return {
    reason: 'transport',
    message: `${subject} speaks stdio, and this operator runs servers that listen on HTTP`,
    remedy: 'Use ToolHive, which puts a proxy in front of it.',
  };
}

function make(target: PackageTarget | RemoteTarget, context: Context): Made {
  // Remotes are refused.
  return target.kind === 'remote' ? { manifests: [], preparations: [] } : server(target, context);
}

function server(target: PackageTarget, context: Context): Made {
  const { name, namespace, metadata, fill, warn } = context;
  warnAboutOptions(target, warn);
  // The schema does not allow empty arguments.
  const args = containerArgs(target, context).filter((arg) => arg !== '');
  const { plain, secret } = valuesOf(target.environment, fill);
  const env = [
    ...plain.map((variable) => ({ ...variable })),
    ...secret.map((variable) => ({ name: variable.name, valueFrom: { secretKeyRef: { name, key: variable.name } } })),
  ];
  const port = portNumber(target, context);
  if (port === undefined) warn(`The operator needs a port; ${GUESS} is a guess.`);
  const config = compact({
    port: port ?? GUESS,
    path: pathOf(target, fill) ?? (target.endpoint?.type === 'sse' ? '/sse' : undefined),
    arguments: args.length === 0 ? undefined : args,
    env: env.length === 0 ? undefined : env,
  });
  // Its schema requires a host, and a tag or a digest.
  const source = { type: 'ContainerImage', containerImage: { ref: normalImage(target.name) } };
  return {
    manifests: [{ apiVersion: 'mcp.x-k8s.io/v1alpha1', kind: 'MCPServer', metadata, spec: { source, config } }],
    preparations: secret.length === 0 ? [] : [createSecret(name, secret, namespace)],
  };
}
