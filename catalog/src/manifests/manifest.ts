import { asText, compact, own, type JsonObject } from '../json.ts';
import { answerWarnings, placeholderWarnings, placeholderOf, requiredFirst } from '../launch/answers.ts';
import { unavailableBecause, type Considered, type TargetChoice } from '../launch/choice.ts';
import { wrongWith } from '../launch/endpoint.ts';
import { plainText } from '../launch/hidden.ts';
import type { Input } from '../launch/input.ts';
import type { Refusal, UnavailableReason } from '../launch/reading.ts';
import { targetsOf } from '../launch/targets.ts';
import { answersTo, fillWith, type Answers, type Fill } from '../launch/text.ts';
import type { ManifestForm } from './form.ts';
import { isLabelValue, isObjectName, objectName, serverLabel } from './names.ts';
import type { Preparation } from './secret.ts';
import { sigApps } from './sig-apps.ts';
import { toolhive } from './toolhive.ts';

/** The operator: ToolHive's, or the MCP Lifecycle Operator of Kubernetes SIG Apps. */
export const MANIFEST_KINDS = ['toolhive', 'sig-apps'] as const;

/** The operator. */
export type ManifestKind = (typeof MANIFEST_KINDS)[number];

const FORMS: Readonly<Record<ManifestKind, ManifestForm>> = { toolhive, 'sig-apps': sigApps };

/** The user's choices. */
export interface ManifestOptions {
  readonly kind: ManifestKind;
  /** The registry whose catalog the entry is in. */
  readonly registry: { readonly name: string; readonly namespace: string };
  /** The names of the labels by which a registry recognizes its servers. */
  readonly labels: { readonly registryName: string; readonly registryNamespace: string; readonly serverName: string };
  /** The object's name. Default: the last part of the entry's name. */
  readonly name?: string;
  /** The object's namespace. Default: none, so that the context's is used. */
  readonly namespace?: string;
  readonly answers?: Answers;
  /** Which package or remote to use, by its `id`. Default: an image, else a remote. */
  readonly target?: string;
}

/** Objects that run or reach the server of an entry. */
export interface KubernetesManifest {
  readonly available: true;
  /** The name of the server object. */
  readonly name: string;
  /** The chosen package or remote. */
  readonly target: string;
  /** All candidates, the best first. */
  readonly targets: readonly TargetChoice[];
  /** Objects to apply in this order; the server is the last one. */
  readonly manifests: readonly JsonObject[];
  /** Prerequisites: Secrets, whose values nobody has to show to a catalog. */
  readonly preparations: readonly Preparation[];
  readonly inputs: readonly Input[];
  readonly warnings: readonly string[];
}

/** Why no object can be created. */
export interface ManifestUnavailable {
  readonly available: false;
  readonly reason: UnavailableReason;
  readonly message: string;
  readonly remedy: string;
}

/**
 * The manifest for the server of an entry, a server.json as the official API serves it. Manifests contain no secrets: they reference them, and the steps say
 * how to create them. Required inputs without an answer become placeholders.
 */
export function kubernetesManifest(server: JsonObject, options: ManifestOptions): KubernetesManifest | ManifestUnavailable {
  const { answers = {}, target: wanted } = options;
  const form = FORMS[options.kind];
  const serverName = asText(own(server, 'name')) ?? '';
  const name = options.name ?? objectName(serverName);
  if (!isObjectName(name)) return { available: false, ...wrongName(name) };
  const considered = considerAll(server, form, answers);
  const usable = considered.filter(({ refusal }) => refusal === undefined);
  const chosen = wanted === undefined ? usable[0] : usable.find(({ target }) => target.id === wanted);
  if (chosen === undefined || chosen.target.kind === 'unusable' || chosen.target.kind === 'bundle')
    return { available: false, ...unavailableBecause(considered, wanted) };
  const { target } = chosen;
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
  };
  const metadata = compact({ name, namespace: options.namespace, labels: labelsFor(serverName, options, warn) });
  const fill = fillWithoutSecrets(answers);
  const { manifests, preparations } = form.make(target, { server, name, namespace: options.namespace, metadata, fill, warn });
  const texts = [JSON.stringify(manifests), ...preparations.map(({ text }) => text)];
  return {
    available: true,
    name,
    target: target.id,
    targets: usable.map(({ target: { id, about } }) => ({ id, about })),
    manifests,
    preparations,
    inputs: requiredFirst(target.inputs),
    warnings: [...warnings, ...placeholderWarnings(target.inputs, texts), ...answerWarnings(target.inputs, answers)],
  };
}

/** Images first: a cluster is for running them. Options of `docker run` are warned about separately. */
function considerAll(server: JsonObject, form: ManifestForm, answers: Answers): Considered[] {
  const considered = targetsOf(server).map((target): Considered => {
    const refusal = target.kind === 'unusable' ? target.refusal : (form.refusal(target) ?? wrongWith(answers, target));
    return refusal === undefined ? { target } : { target, refusal };
  });
  const isPackage = ({ target }: Considered): boolean => target.id.startsWith('packages/');
  return [...considered.filter(isPackage), ...considered.filter((one) => !isPackage(one))];
}

/** A secret is always a placeholder, even if it was answered. */
function fillWithoutSecrets(answers: Answers): Fill {
  const fill = fillWith(answers, placeholderOf);
  return (input) => {
    if (!input.secret) return fill(input);
    return input.required || input.default !== undefined || answersTo(input, answers).length > 0 ? [placeholderOf(input)] : [];
  };
}

function labelsFor(serverName: string, { labels, registry }: ManifestOptions, warn: (message: string) => void): JsonObject {
  const server = serverLabel(serverName);
  if (server === undefined)
    warn(
      `The label ${labels.serverName} is left out, since no label can have the entry's name: the registry knows the server by its image or URL.`,
    );
  const wanted = {
    [labels.registryName]: registry.name,
    [labels.registryNamespace]: registry.namespace,
    [labels.serverName]: server ?? '',
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => isLabelValue(value)));
}

function wrongName(name: string): Refusal {
  return {
    reason: 'name',
    message: `${JSON.stringify(plainText(name, 80))} is no name for the object: it takes up to 52 lower-case letters, digits and "-", a letter first and no "-" last.`,
    remedy: 'Name it otherwise.',
  };
}
