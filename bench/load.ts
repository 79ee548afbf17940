/** The load client, in a process of its own: answers each job with what autocannon counted, and ends with the bench. */
import autocannon from 'autocannon';

/** What the client is asked to do. */
export interface LoadJob {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
  /** Requests per second; as many as are answered if absent. */
  readonly rate?: number;
}

/** What it found. */
export interface LoadResult {
  /** Answers in the whole round, per second. */
  readonly perSecond: number;
  /** Answers that were not 200, requests without an answer. */
  readonly failed: number;
  /** Longest wait for an answer, in milliseconds. */
  readonly worstMs: number;
}

process.on('message', (job: LoadJob) => {
  const rate = job.rate === undefined ? {} : { overallRate: job.rate };
  void autocannon({ url: job.url, duration: job.seconds, connections: job.connections, ...rate }).then((result) => {
    const answer: LoadResult = {
      perSecond: result.requests.total / result.duration,
      failed: result.non2xx + result.errors + result.timeouts,
      worstMs: result.latency.max,
    };
    return process.send?.(answer);
  });
});
process.on('disconnect', () => process.exit());
