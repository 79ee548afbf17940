/** The load client, in a process of its own: answers each job with what autocannon counted, and ends with the bench. */
import autocannon from 'autocannon';

/** A job of the client. */
export interface LoadJob {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
  /** Requests per second; as many as are answered if absent. */
  readonly rate?: number;
  /** Paths that are asked for in turns instead of the URL's own, each connection beginning at another one. */
  readonly paths?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The expected status; 200 if absent. */
  readonly status?: number;
}

/** Its result. */
export interface LoadResult {
  /** Answers in the whole round, per second. */
  readonly perSecond: number;
  /** Answers that were not 200, requests without an answer. */
  readonly failed: number;
  /** Longest wait for an answer, in milliseconds. */
  readonly worstMs: number;
}

process.on('message', (job: LoadJob) => {
  const { paths, headers, status = 200 } = job;
  let clients = 0;
  const options = {
    url: job.url,
    duration: job.seconds,
    connections: job.connections,
    ...(job.rate === undefined ? {} : { overallRate: job.rate }),
    ...(headers === undefined ? {} : { headers }),
    ...(paths === undefined
      ? {}
      : {
          setupClient: (client: autocannon.Client) => {
            const from = Math.floor((clients * paths.length) / job.connections);
            clients += 1;
            const own = [...paths.slice(from), ...paths.slice(0, from)].slice(0, Math.ceil(paths.length / job.connections));
            client.setRequests(own.map((path) => ({ path })));
          },
        }),
  };
  void autocannon(options).then((result) => {
    const expected = result.statusCodeStats?.[`${status}`]?.count ?? 0;
    const answer: LoadResult = {
      perSecond: result.requests.total / result.duration,
      failed: result.requests.total - expected + result.errors + result.timeouts,
      worstMs: result.latency.max,
    };
    return process.send?.(answer);
  });
});
process.on('disconnect', () => process.exit());
