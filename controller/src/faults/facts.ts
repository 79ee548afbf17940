import type { MCPRegistryStatus, RegistryStatusDocument } from '@toolhive-registry/api';
import type { Obj } from '../testing.ts';

/** A registry's pod as it is. */
export interface PodFact {
  readonly name: string;
  /** As the API server has it. */
  readonly isReady: boolean;
  /** What its server reports. */
  readonly document: RegistryStatusDocument;
}

/** What is true of a registry at a moment, found out without the controller. */
export interface Facts {
  /** Milliseconds of `performance.now()` from which on this is so. */
  readonly since: number;
  readonly registry: Obj | undefined;
  readonly deployment: Obj | undefined;
  readonly hasService: boolean;
  /** Host and path of its own Ingress; undefined: there is none. */
  readonly exposedAt: string | undefined;
  readonly pods: readonly PodFact[];
  /** What the admission policies are told of the namespace. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Text of the manifest as the pods are to mount it. */
  readonly spec: string;
  /** Source ConfigMaps that do not exist. */
  readonly missing: readonly string[];
}

/** Status of a registry as it is read. */
export function statusOf(registry: Obj | undefined): MCPRegistryStatus | undefined {
  return registry?.['status'] as MCPRegistryStatus | undefined;
}

/** What was true of one registry, moment by moment. */
export class History {
  #facts: Facts[] = [];

  get latest(): Facts | undefined {
    return this.#facts.at(-1);
  }

  add(facts: Facts, keptMs: number): void {
    this.#facts.push(facts);
    const from = this.#facts.findLastIndex(({ since }) => since < facts.since - keptMs);
    if (from > 0) this.#facts = this.#facts.slice(from);
  }

  /** Everything that was so at some moment from then until now. */
  from(moment: number): readonly Facts[] {
    const first = this.#facts.findLastIndex(({ since }) => since <= moment);
    return this.#facts.slice(Math.max(first, 0));
  }
}
