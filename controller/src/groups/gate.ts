import { crdName, groups, type CrdOwner, type FindCrdOwner, type RegistryGroup } from '@toolhive-registry/api';
import type { EventInput, KubeObject, Logger } from '@toolhive-registry/reconciler';
import { foreignCrdEvent, missingCrdEvent, outdatedCrdEvent, type CrdEvent } from '../crds/events.ts';

/** Decides whether the registries of a group may be watched and acted upon. */
export interface GroupGate {
  /** Gate for informers: whether the group's CRD is ours now. */
  readonly open: (signal: AbortSignal) => Promise<boolean>;
  /** Whether it was ours at the last check. */
  readonly isOpen: () => boolean;
  /** Whether it belonged to somebody else at the last check, or has not been checked yet. */
  readonly isForeign: () => boolean;
  /** Fields that our CRD lacked at the last check, because it is an earlier version. */
  readonly lacks: () => readonly string[];
}

/** What gates need. */
export interface GateDeps {
  readonly find: FindCrdOwner;
  readonly logger: Logger;
  /** Called once whenever a CRD becomes unusable or outdated: somebody else's, an earlier version, or no CRD of ours at all. */
  readonly onEvent: (crd: KubeObject, event: EventInput) => void;
  /** Rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * A watch ends when its CRD is replaced, and discovery lags behind. So two checks this many milliseconds apart have to agree before a watch is resumed. It
 * resumes where it ended and misses nothing.
 */
const SECOND_LOOK_MS = 1_000;

/** Creates the gates of both groups. */
export function createGates(deps: GateDeps): Readonly<Record<RegistryGroup, GroupGate>> {
  const owners = new Map<RegistryGroup, CrdOwner['whose']>();
  let isMissing = false;
  /** Only known once all groups have been checked. */
  const onOwner = (group: RegistryGroup, owner: CrdOwner['whose']): void => {
    owners.set(group, owner);
    const wasMissing = isMissing;
    isMissing = owners.size === groups.length && ![...owners.values()].includes('ours');
    if (isMissing && !wasMissing) reportEvent(missingCrdEvent(), deps);
  };
  return Object.fromEntries(groups.map((group) => [group, createGate(group, deps, onOwner)])) as Record<RegistryGroup, GroupGate>;
}

function createGate(group: RegistryGroup, deps: GateDeps, onOwner: (group: RegistryGroup, owner: CrdOwner['whose']) => void): GroupGate {
  const { find, logger, sleep } = deps;
  let owner: CrdOwner['whose'] | undefined;
  let lacks: readonly string[] = [];
  /** The check in progress, shared: reflectors of several namespaces ask at once. */
  let looking: Promise<boolean> | undefined;

  const look = async (signal: AbortSignal): Promise<boolean> => {
    const found = await find(group, signal);
    const isChanged = found.whose !== owner;
    const before = lacks;
    owner = found.whose;
    lacks = found.whose === 'ours' ? (found.lacks ?? []) : [];
    if (isChanged) report(found);
    if (lacks.length > 0 && lacks.join() !== before.join()) reportEvent(outdatedCrdEvent(group, lacks), deps);
    onOwner(group, owner);
    return found.whose === 'ours';
  };

  const lookTwice = async (signal: AbortSignal): Promise<boolean> => {
    const wasOpen = owner === 'ours';
    if (!(await look(signal)) || !wasOpen) return owner === 'ours';
    await sleep(SECOND_LOOK_MS, signal);
    return look(signal);
  };

  function report(found: CrdOwner): void {
    if (found.whose === 'ours') return logger.info({ group }, 'serving the MCPRegistries of this group');
    if (found.whose === 'nobody')
      return logger.info({ group }, `there is no CRD ${crdName(group)}; MCPRegistries of this group are served once it is there`);
    reportEvent(foreignCrdEvent(group, found.why), deps);
  }

  return {
    open: (signal) => {
      looking ??= lookTwice(signal).finally(() => (looking = undefined));
      return looking;
    },
    isOpen: () => owner === 'ours',
    isForeign: () => owner === undefined || owner === 'foreign',
    lacks: () => lacks,
  };
}

function reportEvent({ group, event }: CrdEvent, { logger, onEvent }: GateDeps): void {
  logger.warn({ group }, event.note);
  onEvent({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: crdName(group) } }, event);
}
