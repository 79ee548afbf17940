import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { prometheusPath } from './assets.ts';
import { startChild } from './child.ts';
import { freePorts } from './ports.ts';
import { waitFor } from './wait.ts';

/** A group of targets that are scraped in the same way. */
export interface ScrapeJob {
  readonly name: string;
  /** `HOST:PORT` of each target, and the labels that its series get. */
  readonly targets: readonly { readonly address: string; readonly labels?: Readonly<Record<string, string>> }[];
  /** Over TLS, with files in PEM; absent: without. */
  readonly tls?: { readonly caFile: string; readonly certFile?: string; readonly keyFile?: string };
}

/** What a Prometheus does. */
export interface PrometheusOptions {
  /** Of a rule file; JSON is YAML. */
  readonly rules: string;
  readonly jobs: readonly ScrapeJob[];
  /** Milliseconds between two scrapes of a target, and two evaluations of the rules. */
  readonly intervalMs: number;
}

/** An alert that is pending or fires. */
export interface ActiveAlert {
  readonly state: 'pending' | 'firing';
  /** Including its name, `alertname`. */
  readonly labels: Readonly<Record<string, string>>;
  /** As rendered for it. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** A series of an answer, and its newest value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A real Prometheus on a loopback port. */
export interface Prometheus {
  readonly url: string;
  alerts(): Promise<ActiveAlert[]>;
  /** Answers a PromQL query at this moment. @throws Error with what Prometheus says against it */
  query(expr: string): Promise<Sample[]>;
  /** The newest value of each series that the query had at any second of the last ones. */
  history(expr: string, seconds: number): Promise<Sample[]>;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

const GRACE_MS = 5_000;
const START_MS = 30_000;
const REQUEST_MS = 10_000;

/**
 * Starts a Prometheus, ready for queries. The first scrape follows within ten seconds: that is how often it looks for targets.
 * @throws Error with the log's tail when it ends or is not ready within 30 seconds
 */
export async function startPrometheus({ rules, jobs, intervalMs }: PrometheusOptions): Promise<Prometheus> {
  const program = prometheusPath();
  if (program === undefined) throw new Error('prometheus was not found; run "make cluster-build", or put it on the PATH');
  const dir = await mkdtemp(join(tmpdir(), 'prometheus-'));
  await writeFile(join(dir, 'rules.yaml'), rules);
  await writeFile(join(dir, 'prometheus.yaml'), JSON.stringify(configOf(jobs, intervalMs)));
  const [port = 0] = await freePorts(1);
  const child = startChild(
    basename(program),
    [
      `--config.file=${join(dir, 'prometheus.yaml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { assets: dirname(program), dir },
  );
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await child.stop(GRACE_MS);
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const ask = async (path: string, parameters: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    child.assertAlive();
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`, {
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    const { data, error } = (await response.json()) as { data?: unknown; error?: string };
    if (!response.ok) throw new Error(`Prometheus answers ${response.status} to ${JSON.stringify(parameters)}: ${error ?? ''}`);
    return data;
  };
  try {
    await waitFor(
      async () => {
        child.assertAlive();
        return (await fetch(`${url}/-/ready`)).ok;
      },
      { message: 'Prometheus to be ready', deadlineMs: START_MS },
    );
  } catch (error) {
    await stop();
    throw new Error(`Prometheus did not start; its last lines:\n${child.logTail()}`, { cause: error });
  }
  return {
    url,
    alerts: async () => ((await ask('alerts')) as { alerts: ActiveAlert[] }).alerts,
    query: async (query) => samplesOf(await ask('query', { query })),
    history: async (query, seconds) => {
      const end = Date.now() / 1000;
      return samplesOf(await ask('query_range', { query, start: String(end - seconds), end: String(end), step: '1' }));
    },
    stop,
  };
}

function configOf(jobs: readonly ScrapeJob[], intervalMs: number): object {
  const interval = `${intervalMs}ms`;
  return {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    rule_files: ['rules.yaml'],
    scrape_configs: jobs.map(({ name, targets, tls }) => ({
      job_name: name,
      static_configs: targets.map(({ address, labels = {} }) => ({ targets: [address], labels })),
      ...(tls === undefined
        ? {}
        : { scheme: 'https', tls_config: { ca_file: tls.caFile, cert_file: tls.certFile, key_file: tls.keyFile } }),
    })),
  };
}

/** Of a vector, or of a matrix. */
function samplesOf(data: unknown): Sample[] {
  const { result } = data as {
    result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[];
  };
  return result.map(({ metric, value, values }) => ({ labels: metric, value: Number((value ?? values?.at(-1))?.[1]) }));
}
