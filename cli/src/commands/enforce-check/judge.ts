import {
  enforcementModes,
  judgeObject,
  labels,
  registryOfLabels,
  requiredRegistries,
  type EnforcementMode,
  type ExplainSubject,
  type RegistryExplain,
} from '@toolhive-registry/api';
import { closest } from '@toolhive-registry/api/closest';
import type { NamedReference } from '@toolhive-registry/catalog/references';
import { enforcingOf, type Enforcers } from './enforcers.ts';
import type { ManifestServer } from './servers.ts';

/** The outcome for an object. `audited`: it would be let in with a warning; `unknown`: a registry that decides cannot be asked. */
export type Outcome = 'allowed' | 'refused' | 'audited' | 'notEnforced' | 'unknown';

/** What a registry answers, or why it does not. */
export type Answer = RegistryExplain | { readonly failure: string };

/** What registries answered, by their names and what was asked. */
export type Answers = (registry: string, reference: NamedReference) => Answer | undefined;

/** What is known of one reference, or of the object as a whole. */
export interface Reason {
  readonly allowed: boolean;
  /** The registry that says so; absent: none has to be asked. */
  readonly registry?: string;
  /** As `GET /registry/explain` has it, or `noPlainPackage`, `misspelledField`, `namesNothing`, `unknownRegistry`, `notAsked`, `notEnforced`. */
  readonly rule: string;
  readonly sentence: string;
  /** What was probably meant. */
  readonly nearest: readonly string[];
}

/** The judgement on an object. */
export interface Judgement {
  readonly server: ManifestServer;
  readonly namespace: string;
  readonly outcome: Outcome;
  /** Whose judgement it is; absent: nobody enforces. */
  readonly mode?: EnforcementMode;
  readonly reasons: readonly Reason[];
}

/** How a registry is asked about a reference. */
export interface Question {
  readonly kind: ExplainSubject;
  readonly text: string;
}

const SUBJECTS: Readonly<Record<NamedReference['kind'], ExplainSubject | undefined>> = {
  images: 'image',
  urls: 'url',
  packages: 'package',
  commands: undefined,
  fields: undefined,
  nothing: undefined,
};
/** Longest reference that a registry is asked about. None of a catalog is longer. */
const MAX_ASKED = 1_000;

/** The question about a reference; undefined: no catalog can have it, so there is nobody to ask. */
export function questionOf({ kind, text, compared }: NamedReference): Question | undefined {
  const subject = SUBJECTS[kind];
  // A registry takes no notice of space around what it is asked about; admission does.
  if (subject === undefined || (compared === undefined && kind !== 'urls') || text.trim() !== text || text.length > MAX_ASKED)
    return undefined;
  return { kind: subject, text };
}

/** Which registries have to be asked about an object. */
export function judgesOf(server: ManifestServer, enforcers: Enforcers, asEnforced: boolean): readonly string[] {
  const { active } = enforcingOf(enforcers, asEnforced);
  const metadata = metadataOf(server, enforcers);
  return [...new Set(enforcementModes.flatMap((mode) => (active[mode].length === 0 ? [] : requiredRegistries(mode, metadata, active))))];
}

/** Judges an object as the admission policies would. `references` are those that are new in it. */
export function judgeServer(
  server: ManifestServer,
  references: readonly NamedReference[],
  { enforcers, asEnforced, answers }: { readonly enforcers: Enforcers; readonly asEnforced: boolean; readonly answers: Answers },
): Judgement {
  const { namespace } = enforcers;
  const enforcing = enforcingOf(enforcers, asEnforced);
  const metadata = metadataOf(server, enforcers);
  const labelled = registryOfLabels(metadata);
  const registries =
    enforcers.isComplete || labelled === undefined ? enforcing : { ...enforcing, registries: [...enforcing.registries, labelled] };
  const verdictIf =
    (isLetInUnasked: boolean) =>
    (mode: EnforcementMode): ReturnType<typeof judgeObject<NamedReference>> =>
      judgeObject(mode, { metadata, references }, registries, (registry, reference) =>
        isListed(answers(registry, reference), isLetInUnasked),
      );
  const about = { references, answers, registries: enforcing.registries, namespace };
  for (const mode of enforcementModes) {
    const required = requiredRegistries(mode, metadata, enforcing.active);
    const certain = verdictIf(true)(mode);
    if (certain !== undefined) {
      const outcome = mode === 'enforce' ? 'refused' : 'audited';
      return { server, namespace, outcome, mode, reasons: reasonsOf(required, about, certain.unknownRegistry) };
    }
    if (verdictIf(false)(mode) !== undefined) return { server, namespace, outcome: 'unknown', mode, reasons: reasonsOf(required, about) };
  }
  const mode = enforcementModes.find((one) => enforcing.active[one].length > 0);
  if (mode === undefined) return { server, namespace, outcome: 'notEnforced', reasons: [notEnforced(enforcers)] };
  return { server, namespace, outcome: 'allowed', mode, reasons: reasonsOf(requiredRegistries(mode, metadata, enforcing.active), about) };
}

function metadataOf({ labels: own }: ManifestServer, { namespace }: Enforcers): { namespace: string; labels: ManifestServer['labels'] } {
  return { namespace, labels: own };
}

function isListed(answer: Answer | undefined, isLetInUnasked: boolean): boolean {
  if (answer === undefined) return false;
  return 'failure' in answer ? isLetInUnasked : answer.allowed;
}

function notEnforced({ all, namespace, isComplete }: Enforcers): Reason {
  const sentence =
    all.length === 0
      ? `namespace ${namespace} has no MCPRegistry`
      : `${isComplete ? `no registry of namespace ${namespace}` : 'none of the registries that were asked'} has enforceServers set; --as-enforced judges anyway`;
  return { allowed: true, rule: 'notEnforced', sentence, nearest: [] };
}

interface About {
  readonly references: readonly NamedReference[];
  readonly answers: Answers;
  readonly registries: readonly string[];
  readonly namespace: string;
}

/** Of each reference what decides: the registry that lists it, or what all say against it. */
function reasonsOf(required: readonly string[], about: About, unknownRegistry?: string): Reason[] {
  const label = unknownRegistry === undefined ? [] : [ofUnknownRegistry(unknownRegistry, about)];
  return [...label, ...about.references.flatMap((reference) => reasonsFor(reference, required, about.answers))];
}

function reasonsFor(reference: NamedReference, required: readonly string[], answers: Answers): Reason[] {
  if (questionOf(reference) === undefined) return [withoutQuestion(reference)];
  const judgements = required.flatMap((registry) => {
    const answer = answers(registry, reference);
    return answer === undefined ? [] : [reasonFrom(registry, answer)];
  });
  const admitted = judgements.find(({ allowed }) => allowed);
  return admitted === undefined ? judgements : [admitted];
}

function reasonFrom(registry: string, answer: Answer): Reason {
  if ('failure' in answer) return { allowed: false, registry, rule: 'notAsked', sentence: answer.failure, nearest: [] };
  const { allowed, rule, sentence, nearest } = answer;
  return { allowed, registry, rule, sentence, nearest };
}

function withoutQuestion({ kind, text }: NamedReference): Reason {
  const plain = { allowed: false, nearest: [] };
  if (kind === 'commands') return { ...plain, rule: 'noPlainPackage', sentence: `command ${text} runs no plain package of npm or PyPI` };
  if (kind === 'fields')
    return { ...plain, rule: 'misspelledField', sentence: `the pod template has ${text}, which is not spelled as Kubernetes spells it` };
  if (kind === 'nothing') return { ...plain, rule: 'namesNothing', sentence: 'it names no image, URL or package' };
  return { ...plain, rule: 'notComparable', sentence: `${SUBJECTS[kind]} "${text.slice(0, 200)}" is not one that a catalog could have` };
}

function ofUnknownRegistry(name: string, { registries, namespace }: About): Reason {
  const near = closest(name, registries);
  const there = `there is no such MCPRegistry in namespace ${namespace}`;
  return {
    allowed: false,
    rule: 'unknownRegistry',
    sentence: `its label ${labels.registryName} is "${name}", and ${there}; it has ${registries.join(', ')}`,
    nearest: near === undefined ? [] : [near],
  };
}
