import { parseMCPRegistry, type MCPRegistryInput } from '@toolhive-registry/api';
import { configurationOf, type Configuration } from '../../config/configuration.ts';
import { NO_FINDINGS } from '../found.ts';
import type { Effect, SyncEvent, Verdict } from './events.ts';
import type { FetchOutcome, StagedData } from './outcome.ts';
import { initialState, NO_CHANGES, type ServedBefore, type SourceState, type SyncState } from './state.ts';
import { transition } from './transition.ts';

/** For tests: the configuration of a registry with the given spec and annotations. */
export function configurationFor(spec: MCPRegistryInput['spec'], annotations: Record<string, string> = {}): Configuration {
  const parsed = parseMCPRegistry({
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name: 'test', namespace: 'default', annotations },
    spec,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { registry } = parsed;
  return configurationOf({
    registry: { ...registry, metadata: { ...registry.metadata, namespace: 'default' } },
    directory: '/',
    configMaps: new Map(),
    secrets: new Map(),
    unread: [],
    files: {},
  });
}

/** For tests: a spec with sources of the given names, each with further fields. */
export function sourcesNamed(names: readonly string[], fields: Record<string, unknown> = {}): MCPRegistryInput['spec'] {
  return { sources: names.map((name) => ({ name, configmap: { name }, ...fields })) };
}

/** For tests: new data of a source, identified by a word. */
export function data(word: string): StagedData {
  return { hash: `hash of ${word}`, bytes: word.length, validator: `validator of ${word}`, path: `file of ${word}` };
}

/** For tests: the snapshot that an earlier run stored. */
export function servedBefore(hash: string, isOfThisLayout = true): ServedBefore {
  return { hash, serverCount: 1, isOfThisLayout, findingsIn: () => NO_FINDINGS };
}

/** For tests: the transition function with a clock that is turned by hand. The one who tests does what the effects ask for, or does not. */
export class Machine {
  state: SyncState;
  tick = 1_000;
  /** Effects that nobody has looked at yet. */
  #effects: Effect[] = [];

  constructor(configuration: Configuration, state = initialState(configuration, undefined, undefined)) {
    this.state = state;
  }

  send(event: SyncEvent): this {
    const { state, effects } = transition(this.state, event, { now: 1_700_000_000_000 + this.tick, tick: this.tick, random: 0 });
    this.state = state;
    this.#effects.push(...effects);
    return this;
  }

  /** Lets time pass, and calls when that was asked for. */
  pass(ms: number): this {
    const end = this.tick + ms;
    for (let at = this.wakeAt; at !== undefined && at <= end; at = this.wakeAt) {
      this.tick = Math.max(at, this.tick + 1);
      this.send({ kind: 'timer' });
    }
    this.tick = end;
    return this;
  }

  /** When the machine wants to be called next, in ticks. */
  get wakeAt(): number | undefined {
    const last = this.#effects.findLast((effect) => effect.kind === 'wake');
    return last?.kind === 'wake' ? last.at : undefined;
  }

  /** What was asked for since the last call: `fetch a`, `build a b`, `announce` … */
  effects(): string[] {
    const taken = this.#effects.filter(({ kind }) => kind !== 'wake');
    this.#effects = this.#effects.filter(({ kind }) => kind === 'wake').slice(-1);
    return taken.map((effect) => {
      if (effect.kind === 'fetch') return `fetch ${effect.source}${effect.known === undefined ? '' : ` known ${effect.known}`}`;
      if (effect.kind === 'build') return ['build', ...effect.fresh.keys()].join(' ');
      return effect.kind;
    });
  }

  source(name: string): SourceState {
    const source = this.state.sources.get(name);
    if (source === undefined) throw new Error(`there is no source ${name}`);
    return source;
  }

  /** The source answers. */
  answer(name: string, outcome: FetchOutcome): this {
    const { activity } = this.source(name);
    if (activity.kind !== 'fetching') throw new Error(`${name} is ${activity.kind} and was not asked`);
    return this.send({ kind: 'fetched', source: name, attempt: activity.attempt, outcome });
  }

  /** The build that runs ends well; the named sources are refused, the other new ones accepted. */
  build(hash: string, refused: readonly string[] = []): this {
    const verdicts = [...this.state.sources.values()].map(({ name, activity }): Verdict => ({
      source: name,
      accepted: activity.kind === 'building' && !refused.includes(name),
      ...(refused.includes(name) ? { failure: { reason: 'DataInvalid', message: `${name} is bad` } as const } : {}),
    }));
    return this.send({ kind: 'built', result: { kind: 'done', verdicts, changes: NO_CHANGES, served: { hash, serverCount: 1 } } });
  }

  /** All sources have answered with data, and these are served. */
  settle(): this {
    this.send({ kind: 'started' });
    for (const name of this.state.sources.keys()) this.answer(name, { kind: 'staged', data: data(name) });
    this.build('first').effects();
    return this;
  }
}
