import { crdName, groups, type CrdOwner, type FindCrdOwner, type RegistryGroup } from '@toolhive-registry/api';
import { hashOf, type EventInput, type KubeObject, type Logger } from '@toolhive-registry/reconciler';

/** Decides whether the registries of a group may be watched and acted upon. */
export interface GroupGate {
  /** For informers: whether the group's CRD is ours at this moment. */
  readonly open: (signal: AbortSignal) => Promise<boolean>;
  /** Whether it was, when it was last looked at. */
  readonly isOpen: () => boolean;
  /** Whether it was somebody else's, or has not been found out yet. */
  readonly isForeign: () => boolean;
}

/** What gates need. */
export interface GateDeps {
  readonly find: FindCrdOwner;
  readonly logger: Logger;
  /** Told once each time that somebody else's CRD is found where ours could be: the CRD, and a sentence for people. */
  readonly onForeign: (crd: KubeObject, note: string) => void;
  /** Rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * A watch ends when its CRD is replaced, and discovery is a moment behind. So before a watch is resumed two looks have to agree, this long apart, in
 * milliseconds. It resumes where it ended, and misses nothing.
 */
const SECOND_LOOK_MS = 1_000;

/** Creates the gates of both groups. */
export function createGates(deps: GateDeps): Readonly<Record<RegistryGroup, GroupGate>> {
  return Object.fromEntries(groups.map((group) => [group, createGate(group, deps)])) as Record<RegistryGroup, GroupGate>;
}

function createGate(group: RegistryGroup, { find, logger, onForeign, sleep }: GateDeps): GroupGate {
  let owner: CrdOwner['whose'] | undefined;
  /** The look that is under way: reflectors of several namespaces ask at once. */
  let looking: Promise<boolean> | undefined;

  const look = async (signal: AbortSignal): Promise<boolean> => {
    const found = await find(group, signal);
    const isNews = found.whose !== owner;
    owner = found.whose;
    if (isNews) tell(found);
    return found.whose === 'ours';
  };

  const lookTwice = async (signal: AbortSignal): Promise<boolean> => {
    const wasOpen = owner === 'ours';
    if (!(await look(signal)) || !wasOpen) return owner === 'ours';
    await sleep(SECOND_LOOK_MS, signal);
    return look(signal);
  };

  function tell(found: CrdOwner): void {
    if (found.whose === 'ours') return logger.info({ group }, 'serving the MCPRegistries of this group');
    if (found.whose === 'nobody')
      return logger.info({ group }, `there is no CRD ${crdName(group)}; MCPRegistries of this group are served once it is there`);
    const note = foreignNote(group, found.why);
    logger.warn({ group }, note);
    onForeign({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: crdName(group) } }, note);
  }

  return {
    open: (signal) => {
      looking ??= lookTwice(signal).finally(() => (looking = undefined));
      return looking;
    },
    isOpen: () => owner === 'ours',
    isForeign: () => owner === undefined || owner === 'foreign',
  };
}

/** The Event on such a CRD. Every controller that is started finds the same, and it is told once. */
export function foreignEvent(note: string): EventInput {
  return { type: 'Normal', reason: 'LeftAlone', note, occurrence: hashOf(note) };
}

/** What a user is told of somebody else's CRD. */
function foreignNote(group: RegistryGroup, why: string): string {
  const others = groups.filter((one) => one !== group).join(', ');
  return `the CRD ${crdName(group)} is not this controller's (${why}), so its objects are left alone; use MCPRegistries of ${others} instead`;
}
