import { dump, loadAll } from 'js-yaml';
import { chart, run } from './programs.ts';

/** An object of a manifest. */
export interface Rendered {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // Tests look anywhere.
  readonly [field: string]: any; // oxlint-disable-line typescript/no-explicit-any
}

/** Options of `helm template` besides the values. */
export interface RenderOptions {
  readonly namespace?: string;
  readonly release?: string;
  readonly kubeVersion?: string;
  /** As for `helm upgrade`, with the objects that an upgrade alone has. */
  readonly isUpgrade?: boolean;
  /** API versions of the cluster beyond those that Helm knows by itself, such as `monitoring.coreos.com/v1`. */
  readonly apiVersions?: readonly string[];
}

/** Values of the chart, as a values file has them. */
export type Values = Readonly<Record<string, unknown>>;

/** The version of Kubernetes that is rendered for, unless a test says otherwise. */
export const KUBE_VERSION = '1.34.0';

/** The manifests, as text. Throws with Helm's message when the values are refused. */
export function renderText(values: Values = {}, options: RenderOptions = {}): string {
  const { ok, said, complaint } = template(values, options);
  if (!ok) throw new Error(complaint);
  return said;
}

/** The rendered objects. Throws with Helm's message when the values are refused. */
export function render(values: Values = {}, options: RenderOptions = {}): Rendered[] {
  return (loadAll(renderText(values, options)) as (Rendered | null)[]).filter((object) => object !== null);
}

/** Why Helm refuses the values. Throws when it does not. */
export function refusal(values: Values, options: RenderOptions = {}): string {
  const { ok, complaint } = template(values, options);
  if (ok) throw new Error(`Helm accepts ${JSON.stringify(values)}`);
  return complaint;
}

function template(values: Values, options: RenderOptions): ReturnType<typeof run> {
  const { release = 'check', namespace = 'system', kubeVersion = KUBE_VERSION, isUpgrade = false, apiVersions = [] } = options;
  const args = [
    'template',
    release,
    chart,
    '--namespace',
    namespace,
    '--kube-version',
    kubeVersion,
    '--values',
    '-',
    ...(isUpgrade ? ['--is-upgrade'] : []),
  ];
  return run('helm', [...args, ...apiVersions.flatMap((version) => ['--api-versions', version])], dump(values));
}

/** The objects of a kind. */
export function ofKind(objects: readonly Rendered[], kind: string): Rendered[] {
  return objects.filter((object) => object.kind === kind);
}

/** The only object of a kind, or the one of it that has the name. Throws when there is none, or more than one. */
export function only(objects: readonly Rendered[], kind: string, name?: string): Rendered {
  const found = ofKind(objects, kind).filter(({ metadata }) => name === undefined || metadata.name === name);
  if (found[0] === undefined || found.length > 1)
    throw new Error(`there are ${found.length} objects ${kind} ${name ?? ''} among ${objects.map(nameOf).join(', ')}`);
  return found[0];
}

/** The controller's container. */
export function container(objects: readonly Rendered[]): Rendered {
  return only(objects, 'Deployment')['spec'].template.spec.containers[0];
}

/** KIND NAMESPACE/NAME, or KIND NAME. */
export function nameOf({ kind, metadata }: Rendered): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}
