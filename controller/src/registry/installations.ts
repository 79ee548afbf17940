import { annotations, fieldManager } from '@toolhive-registry/api';
import { formatKey, isControlledBy, isRecord, keyOf, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from './resource.ts';

/** Another installation of the controller writes the objects of the same registry, and this one has backed off. */
export interface Overlap {
  /** `NAMESPACE/NAME` of the other installation. */
  readonly with: string;
  /** True when it was just discovered. */
  readonly isNew: boolean;
}

/** Detects installations that write the same objects. */
export interface Installations {
  /** Judges the live objects of a registry. Returns an overlap while this installation has to leave them alone. */
  judge(registry: RegistryObject, objects: readonly KubeObject[]): Overlap | undefined;
  /** Records the objects as this installation left them, for `judge`. */
  wrote(registry: RegistryObject, objects: readonly KubeObject[]): void;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** What `createInstallations` needs. */
export interface InstallationsDeps {
  /** `NAMESPACE/NAME` of this installation. */
  readonly installation: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /**
   * A number that changes each time this process gains or loses leadership. What others wrote while they led says nothing about who writes now: two
   * installations that share a Lease take turns. Default: constant.
   */
  readonly leadershipTerm?: (() => number) | undefined;
}

/** What was done about one registry whose objects another installation had written. */
interface Memory {
  since: number;
  readonly term: number;
  /** Versions of its objects after the takeover, by kind and name. */
  readonly written: Map<string, string>;
  /** How often the other installation took them back. */
  losses: number;
  /** The other installation, once the objects are left to it. */
  with: string | undefined;
  /** How often in a row they were left to it. */
  rounds: number;
}

/** Objects that are taken back within this time prove a live installation. After it the other one may be gone, and a takeover is tried again. */
const MEMORY_MS = 600_000;
/** Each takeover rolls the pods if the server images differ, so the pauses grow. */
const MAX_MEMORY_MS = 24 * 3_600_000;
/** The installation that is to stay tolerates so many takebacks; after that the other one evidently does not know that it should give way. */
const MAX_LOSSES = 5;

/**
 * Leader election separates installations that watch the same namespaces. One for the whole cluster and one for some of its namespaces hold different Leases,
 * and would undo each other's work forever. What another installation wrote is taken over, since that one may be gone. When it is taken back, the installation
 * whose name comes later in the alphabet gives way, so that exactly one does.
 */
export function createInstallations({ installation, clock, leadershipTerm = () => 0 }: InstallationsDeps): Installations {
  const memories = new Map<string, Memory>();

  return {
    judge: (registry, objects) => {
      const key = formatKey(keyOf(registry));
      const now = clock();
      const foreign = objects.filter((object) => isControlledBy(object, registry) && isForeign(object, installation));
      const [first] = foreign;
      const memory = memoryOf(key, now);
      if (memory?.with !== undefined) return { with: memory.with, isNew: false };
      if (first === undefined) return undefined;
      if (memory === undefined) {
        memories.set(key, newMemory(now, 0));
        return undefined;
      }
      if (!foreign.some((object) => isNewer(object, memory.written))) return undefined;
      memory.losses += 1;
      const other = installationOf(first) ?? '';
      if (installation < other && memory.losses < MAX_LOSSES) return undefined;
      Object.assign(memory, { since: now, with: other, rounds: memory.rounds + 1 });
      return { with: other, isNew: memory.rounds === 1 };
    },
    wrote: (registry, objects) => {
      const memory = memories.get(formatKey(keyOf(registry)));
      for (const object of objects) memory?.written.set(identity(object), object.metadata.resourceVersion ?? '');
    },
    forget: (registry) => void memories.delete(formatKey(registry)),
  };

  /** What is remembered of a registry. When it expires, a registry that was left to another installation is tried again, and any other is forgotten. */
  function memoryOf(key: string, now: number): Memory | undefined {
    const memory = memories.get(key);
    if (memory === undefined) return undefined;
    if (memory.term !== leadershipTerm()) {
      memories.delete(key);
      return undefined;
    }
    const patienceMs = memory.with === undefined ? MEMORY_MS : Math.min(MEMORY_MS * 2 ** (memory.rounds - 1), MAX_MEMORY_MS);
    if (now - memory.since < patienceMs) return memory;
    if (memory.with === undefined) memories.delete(key);
    else memories.set(key, newMemory(now, memory.rounds));
    return memories.get(key);
  }

  function newMemory(since: number, rounds: number): Memory {
    return { since, term: leadershipTerm(), written: new Map(), losses: 0, with: undefined, rounds };
  }
}

/** The Event message for an overlap. */
export function overlapMessage(other: string, own: string): string {
  return `installation ${other} of the controller also manages this registry, so installation ${own} has stopped managing it; let only one of them watch this namespace (--watch-namespaces)`;
}

/** Who applied an object last. Only an apply by a controller counts: anybody may write the annotation alone, and that is undone like any other drift. */
function installationOf({ metadata }: KubeObject): string | undefined {
  const isApplied = metadata.managedFields?.some(
    ({ manager, operation, fieldsV1 }) => manager === fieldManager && operation === 'Apply' && ownsInstallation(fieldsV1),
  );
  return isApplied === true ? metadata.annotations?.[annotations.installation] : undefined;
}

function ownsInstallation(fieldsV1: Readonly<Record<string, unknown>> = {}): boolean {
  const owned = ['f:metadata', 'f:annotations'].reduce<unknown>(
    (fields, field) => (isRecord(fields) ? fields[field] : undefined),
    fieldsV1,
  );
  return isRecord(owned) && `f:${annotations.installation}` in owned;
}

function isForeign(object: KubeObject, installation: string): boolean {
  const written = installationOf(object);
  return written !== undefined && written !== installation;
}

/** Whether an object has changed since we wrote it. The store may also be behind. */
function isNewer(object: KubeObject, written: ReadonlyMap<string, string>): boolean {
  const ours = written.get(identity(object));
  const now = object.metadata.resourceVersion;
  if (ours === undefined || now === undefined) return false;
  // Versions of one kind are increasing numbers (Kubernetes KEP-5504); anything else can only be compared for equality.
  return /^\d+$/.test(ours) && /^\d+$/.test(now) ? BigInt(now) > BigInt(ours) : now !== ours;
}

function identity({ kind, metadata: { name } }: KubeObject): string {
  return `${kind} ${name}`;
}
