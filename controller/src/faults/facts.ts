import type { MCPRegistryStatus, RegistryStatusDocument } from '@toolhive-registry/api';
import type { Obj } from '../testing.ts';

/** A registry's pod. */
export interface PodFact {
  readonly name: string;
  /** As stored by the API server. */
  readonly isReady: boolean;
  /** The report of its server. */
  readonly document: RegistryStatusDocument;
}

/** What is true of a registry at a moment, determined without the controller. */
export interface Facts {
  /** From when on this holds, in milliseconds of `performance.now()`. */
  readonly since: number;
  readonly registry: Obj | undefined;
  readonly deployment: Obj | undefined;
  readonly hasService: boolean;
  /** Host and path of its own Ingress; undefined: there is none. */
  readonly exposedAt: string | undefined;
  readonly pods: readonly PodFact[];
  /** The namespace's parameters for the admission policies. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The manifest text that the pods should mount. */
  readonly spec: string;
  /** Source ConfigMaps that do not exist. */
  readonly missing: readonly string[];
}

/** A registry's status, parsed. */
export function statusOf(registry: Obj | undefined): MCPRegistryStatus | undefined {
  return registry?.['status'] as MCPRegistryStatus | undefined;
}

/** The facts about one registry over time. */
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

  /** All facts that held at some moment since then. */
  from(moment: number): readonly Facts[] {
    const first = this.#facts.findLastIndex(({ since }) => since <= moment);
    return this.#facts.slice(Math.max(first, 0));
  }
}
