/** Counts requests. */
export interface RequestMetrics {
  /** An answer has been handed over. `route` is a path template; the time since the request arrived is in seconds. */
  observe(route: string, method: string, status: number, seconds: number): void;
  /** The exposition text. */
  text(): string;
}

const NAME = 'mcpregistry_http_request_duration_seconds';

/** Upper bounds of the buckets, in seconds. */
const BOUNDS: readonly number[] = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];

/** Methods that have series of their own; a client may send any word. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);

interface Series {
  readonly labels: string;
  /** Of each bucket alone, the last one being for everything above the bounds. */
  readonly counts: number[];
  sum: number;
}

/**
 * Creates the histogram of requests. Not prom-client's: it sorts and joins the labels of every observation, which takes 4 µs of a hot
 * request's 50. Label values are words of the program and need no escaping.
 */
export function createRequestMetrics(registryName: string): RequestMetrics {
  /** By route, method and first digit of the status. */
  const all = new Map<string, Map<string, Series[]>>();

  function seriesOf(route: string, method: string, digit: number): Series {
    let byMethod = all.get(route);
    if (byMethod === undefined) all.set(route, (byMethod = new Map<string, Series[]>()));
    const known = METHODS.has(method) ? method : 'other';
    let byDigit = byMethod.get(known);
    if (byDigit === undefined) byMethod.set(known, (byDigit = []));
    return (byDigit[digit] ??= {
      labels: `route="${route}",method="${known}",status="${digit}xx",registry="${registryName}"`,
      counts: Array.from({ length: BOUNDS.length + 1 }, () => 0),
      sum: 0,
    });
  }

  return {
    observe: (route, method, status, seconds) => {
      const series = seriesOf(route, method, Math.floor(status / 100));
      let bucket = 0;
      while (seconds > (BOUNDS[bucket] ?? Infinity)) bucket += 1;
      series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
      series.sum += seconds;
    },
    text: () => {
      const series = [...all.values()].flatMap((byMethod) => [...byMethod.values()].flatMap((byDigit) => Object.values(byDigit)));
      const help = `# HELP ${NAME} Time from a request to its answer, by path template, method and class of the status.`;
      return `${[help, `# TYPE ${NAME} histogram`, ...series.flatMap(linesOf)].join('\n')}\n`;
    },
  };
}

function linesOf({ labels, counts, sum }: Series): string[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    return `${NAME}_bucket{le="${BOUNDS[index] ?? '+Inf'}",${labels}} ${total}`;
  });
  return [...buckets, `${NAME}_sum{${labels}} ${sum}`, `${NAME}_count{${labels}} ${total}`];
}
