import type { Call } from './call.ts';
import type { WatchFilter } from './proxy.ts';

/** Faults of a watch: events are late, repeated, or lost with the connection. */
export interface WatchFault {
  readonly name: string;
  readonly filter: (call: Call, cut: () => void) => WatchFilter;
}

/** The longest delay, in milliseconds: a store may lag behind that of another kind. */
const MAX_DELAY_MS = 2_000;
/** One in so many events. */
const DUPLICATED = 3;
const LOST = 20;
/** Milliseconds between two losses of a kind: a controller that sees nothing for longer than a status may lag behind would prove nothing. */
const SPARED_MS = 6_000;

/** The faults. Within a watch order is kept, as the API promises; between watches there is no order. */
export function watchFaults(random: () => number): readonly WatchFault[] {
  const lostAt = new Map<string, number>();
  return [
    { name: 'late events, each kind by its own delay', filter: () => late(random) },
    { name: 'events that come twice, or once more after later ones', filter: () => twice(random) },
    { name: 'events lost with their connection', filter: ({ isList, resource }, cut) => lost(random, { isList, resource, lostAt }, cut) },
  ];
}

function late(random: () => number): WatchFilter {
  const waiting: { readonly dueAt: number; readonly pass: () => void }[] = [];
  // One timer at a time: two timers may fire in a different order than they were set.
  const next = (): void => {
    const [first] = waiting;
    if (first === undefined) return;
    setTimeout(
      () => {
        waiting.shift();
        first.pass();
        next();
      },
      Math.max(0, first.dueAt - performance.now()),
    );
  };
  return (line, pass) => {
    waiting.push({ dueAt: performance.now() + random() * MAX_DELAY_MS, pass: () => pass(line) });
    if (waiting.length === 1) next();
  };
}

function twice(random: () => number): WatchFilter {
  let earlier: string | undefined;
  return (line, pass) => {
    pass(line);
    if (random() * DUPLICATED > 1 || line.includes('"type":"BOOKMARK"')) return;
    pass(line);
    if (earlier !== undefined) {
      pass(earlier);
      pass(line);
    }
    earlier = line;
  };
}

interface Watched {
  readonly isList: boolean;
  readonly resource: string;
  /** When each kind lost its connection last. */
  readonly lostAt: Map<string, number>;
}

function lost(random: () => number, { isList, resource, lostAt }: Watched, cut: () => void): WatchFilter {
  let isCut = false;
  let isListed = !isList;
  return (line, pass) => {
    if (isCut) return;
    // With many objects no list would ever finish.
    const isSpared = performance.now() - (lostAt.get(resource) ?? -Infinity) < SPARED_MS;
    if (!isListed || isSpared || random() * LOST > 1) {
      isListed ||= line.includes('k8s.io/initial-events-end');
      return pass(line);
    }
    isCut = true;
    lostAt.set(resource, performance.now());
    cut();
  };
}
