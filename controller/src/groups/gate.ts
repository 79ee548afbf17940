import { crdName, groups, type CrdOwner, type FindCrdOwner, type RegistryGroup } from '@toolhive-registry/api';
import type { EventInput, KubeObject, Logger } from '@toolhive-registry/reconciler';
import { foreignNews, missingNews, outdatedNews, type CrdNews } from '../crds/news.ts';

/** Decides whether the registries of a group may be watched and acted upon. */
export interface GroupGate {
  /** For informers: whether the group's CRD is ours at this moment. */
  readonly open: (signal: AbortSignal) => Promise<boolean>;
  /** Whether it was, when it was last looked at. */
  readonly isOpen: () => boolean;
  /** Whether it was somebody else's, or has not been found out yet. */
  readonly isForeign: () => boolean;
  /** Fields that our CRD lacks, since it is of an earlier version, when it was last looked at. */
  readonly lacks: () => readonly string[];
}

/** What gates need. */
export interface GateDeps {
  readonly find: FindCrdOwner;
  readonly logger: Logger;
  /** Told once each time that a CRD is not as it should be: somebody else's, of an earlier version, or that there is none of ours at all. */
  readonly onNews: (crd: KubeObject, event: EventInput) => void;
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
  const owners = new Map<RegistryGroup, CrdOwner['whose']>();
  let isMissing = false;
  /** Whether there is any CRD of ours is known only once all groups have been looked at. */
  const onOwner = (group: RegistryGroup, owner: CrdOwner['whose']): void => {
    owners.set(group, owner);
    const wasMissing = isMissing;
    isMissing = owners.size === groups.length && ![...owners.values()].includes('ours');
    if (isMissing && !wasMissing) tellNews(missingNews(), deps);
  };
  return Object.fromEntries(groups.map((group) => [group, createGate(group, deps, onOwner)])) as Record<RegistryGroup, GroupGate>;
}

function createGate(group: RegistryGroup, deps: GateDeps, onOwner: (group: RegistryGroup, owner: CrdOwner['whose']) => void): GroupGate {
  const { find, logger, sleep } = deps;
  let owner: CrdOwner['whose'] | undefined;
  let lacks: readonly string[] = [];
  /** The look that is under way: reflectors of several namespaces ask at once. */
  let looking: Promise<boolean> | undefined;

  const look = async (signal: AbortSignal): Promise<boolean> => {
    const found = await find(group, signal);
    const isNews = found.whose !== owner;
    const before = lacks;
    owner = found.whose;
    lacks = found.whose === 'ours' ? (found.lacks ?? []) : [];
    if (isNews) tell(found);
    if (lacks.length > 0 && lacks.join() !== before.join()) tellNews(outdatedNews(group, lacks), deps);
    onOwner(group, owner);
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
    tellNews(foreignNews(group, found.why), deps);
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

function tellNews({ group, event }: CrdNews, { logger, onNews }: GateDeps): void {
  logger.warn({ group }, event.note);
  onNews({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: crdName(group) } }, event);
}
