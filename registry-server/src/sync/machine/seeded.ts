import type { StoreState } from '../../store/store.ts';
import { initialState, type ServedBefore, type SourceState, type SyncState } from './state.ts';

/** Applies the state of another replica after the start. Answers of the sources in the meantime are newer. */
export function seeded(state: SyncState, stored: StoreState | undefined, served: ServedBefore): SyncState {
  if (state.served !== undefined) return state;
  const begun = initialState(state.configuration, stored, served);
  const sources = new Map([...begun.sources].map(([name, source]) => [name, withPresent(source, state.sources.get(name))]));
  return { ...state, ...begun, sources, attempts: state.attempts, history: [...begun.history, ...state.history] };
}

/** What is known of a source from before, with what it is doing and how it last answered. */
function withPresent(before: SourceState, now: SourceState | undefined): SourceState {
  if (now === undefined) return before;
  // Data of its own are newer than those of another replica.
  if (now.memory !== undefined) return now;
  const { known, memory, found, files } = before;
  return {
    ...now,
    found,
    ...(memory === undefined ? {} : { memory }),
    ...(known === undefined ? {} : { known }),
    ...(files === undefined ? {} : { files }),
  };
}
