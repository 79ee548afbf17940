/** The load client, in a process of its own: answers each job with what autocannon counted, and ends with the bench. */
import autocannon from 'autocannon';

/** What the client is asked to do. */
export interface LoadJob {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
}

/** What it found. */
export interface LoadResult {
  /** Answers in the whole round, per second. */
  readonly perSecond: number;
  /** Answers that were not 200, requests without an answer. */
  readonly failed: number;
}

process.on('message', (job: LoadJob) => {
  void autocannon({ url: job.url, duration: job.seconds, connections: job.connections }).then((result) => {
    const answer: LoadResult = {
      perSecond: result.requests.total / result.duration,
      failed: result.non2xx + result.errors + result.timeouts,
    };
    return process.send?.(answer);
  });
});
process.on('disconnect', () => process.exit());
