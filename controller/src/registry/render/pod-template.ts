import { containerName, exposedPrefix, names, paths, ports } from '@toolhive-registry/api';
import type { ValidRegistry } from '../resource.ts';
import type { Resources } from './defaults.ts';
import { childLabels } from './labels.ts';
import { mountedVolumes, needsTemp } from './volumes.ts';

/** Any JSON object of a pod template. */
export type Fields = Record<string, unknown>;

/** Settings shared by the pods of all registries. */
export interface PodSettings {
  readonly serverImage: string;
  /** Browsers get the page. */
  readonly ui: boolean;
  /** Undefined: defaults that suit most catalogs. */
  readonly resources?: Resources | undefined;
}

/** Default requests and limits. */
const RESOURCES: Resources = { requests: { cpu: '50m', memory: '96Mi' }, limits: { memory: '512Mi' } };

/** User and group of the images (hack/images); any other that is not root works as well. */
const USER = 65_532;
/** Long enough for endpoints to drop the pod before it stops answering. */
const DRAIN_SECONDS = 5;

/** The default pod template: restricted pod security, read-only root, no token. */
export function renderPodTemplate(registry: ValidRegistry, settings: PodSettings): Fields {
  const { spec } = registry.manifest;
  return {
    metadata: { labels: childLabels(registry.name) },
    spec: {
      serviceAccountName: names.api(registry.name),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 30,
      securityContext: { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, fsGroup: USER, seccompProfile: { type: 'RuntimeDefault' } },
      ...(spec.imagePullSecrets === undefined ? {} : { imagePullSecrets: spec.imagePullSecrets.map(({ name }) => ({ name })) }),
      containers: [container(registry, settings)],
      volumes: mountedVolumes(registry).map(({ volume }) => volume),
    },
  };
}

function container(registry: ValidRegistry, { serverImage: image, ui, resources = RESOURCES }: PodSettings): Fields {
  const { spec } = registry.manifest;
  const { env } = spec;
  // The port that the NetworkPolicy leaves open: not every network plugin exempts the kubelet.
  const probe = (path: string): Fields => ({ httpGet: { path, port: 'http', scheme: 'HTTP' } });
  return {
    name: containerName,
    image,
    args: [
      `--config=${paths.config}`,
      `--address=:${ports.http}`,
      `--internal-address=:${ports.internal}`,
      `--storage-path=${paths.data}`,
      // Ready pods of the same registry: a pod that starts while a source is down serves what they serve.
      `--seed-from=http://${names.internal(registry.name)}:${ports.internal}`,
      `--sources-path=${paths.sources}`,
      `--drain-time=${DRAIN_SECONDS}`,
      // Only when it is not the default, so that existing Deployments are not rolled without need.
      ...(ui ? [] : ['--no-ui']),
      ...(spec.expose === undefined || exposedPrefix(spec.expose) === '' ? [] : [`--base-path=${exposedPrefix(spec.expose)}`]),
      ...(needsTemp(registry) ? [`--temp-path=${paths.temp}`] : []),
    ],
    ...(env === undefined
      ? {}
      : { env: env.map(({ name, value, valueFrom }) => (valueFrom === undefined ? { name, value: value ?? '' } : { name, valueFrom })) }),
    ports: [
      { name: 'http', containerPort: ports.http, protocol: 'TCP' },
      { name: 'internal', containerPort: ports.internal, protocol: 'TCP' },
    ],
    resources,
    startupProbe: { ...probe('/health'), periodSeconds: 1, failureThreshold: 60 },
    livenessProbe: { ...probe('/health'), periodSeconds: 10, timeoutSeconds: 5 },
    readinessProbe: { ...probe('/readiness'), periodSeconds: 2, timeoutSeconds: 5 },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: mountedVolumes(registry).map(({ mount }) => mount),
  };
}
