import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { ExplainSubject, RegistryExplain, RegistryImages, RegistryStatusDocument, SyncCounters } from '@toolhive-registry/api';
import { statusDocument } from './testing.ts';

/** For tests: a fault that a fake registry answers with instead of its status. */
export type Fault =
  | 'garbage'
  | 'another form'
  | 'status 500'
  | 'status 404'
  | 'an empty answer'
  | 'a closed connection'
  | 'a broken answer'
  | 'half an answer'
  | 'an endless answer'
  | 'silence';

/** For tests: a request as the fake registry received it. */
export interface Question {
  readonly path: string;
  readonly wait: string | null;
  readonly ifNoneMatch: string | undefined;
}

/** For tests: a registry's internal port on its own loopback address, with a status document and faults on request. */
export interface FakeRegistry {
  readonly ip: string;
  /** Base URL, for requests through an API server. */
  readonly url: string;
  readonly questions: readonly Question[];
  /** Requests that are still waiting for an answer. */
  readonly open: number;
  /** Its references, served under `/registry/images` with the hash of its status. */
  lists(references: Partial<Pick<RegistryImages, 'images' | 'urls' | 'packages' | 'urlTemplates' | 'unusable'>>): void;
  /** Replaces fields of the document, and answers waiting requests. */
  report(fields: Partial<RegistryStatusDocument>): void;
  /** Changes counters without answering waiting requests. */
  count(counters: SyncCounters): void;
  /** Answers waiting requests with "not modified". */
  nothingNew(): void;
  /** Answers waiting requests with counters only. */
  tellCounters(): void;
  /** Makes further requests fail, and ends waiting ones. */
  fail(fault: Fault, times: number): void;
  /** From now on answers at once, however long a request is willing to wait. */
  neverWait(): void;
  /** From now on answers without a tag, so that requests cannot wait for changes. */
  withoutTag(): void;
  stop(): Promise<void>;
}

/** Port of `directStatus`. Tests that run concurrently use different addresses of 127.0.0.0/8, all of which are loopback on Linux. */
const PORT = 8081;

/** For tests: starts a registry. */
export async function fakeRegistry(): Promise<FakeRegistry> {
  const questions: Question[] = [];
  const waiting = new Set<ServerResponse>();
  const open = new Set<ServerResponse>();
  let document = statusDocument();
  let version = 1;
  let patient = true;
  let tagged = true;
  let fault: Fault = 'silence';
  let faults = 0;
  let references: Parameters<FakeRegistry['lists']>[0] = {};

  const etag = (): string => `"v${version}"`;
  const answer = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', ...(tagged ? { etag: etag() } : {}) }).end(JSON.stringify(document));
  };
  const server = createServer((request, response) => {
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      waiting.delete(response);
    });
    const question = questionOf(request);
    questions.push(question);
    if (faults > 0) {
      faults -= 1;
      misbehave(fault, response);
    } else if (question.path === '/registry/images') tell(response, imagesOf(document, references));
    else if (question.path === '/registry/explain') tell(response, explanationOf(document, request));
    else if (question.ifNoneMatch !== etag()) answer(response);
    else if (patient && question.wait !== null) waiting.add(response);
    else response.writeHead(304, { etag: etag() }).end();
  });
  const ip = await listen(server);
  return {
    ip,
    url: `http://${ip}:${PORT}`,
    questions,
    get open() {
      return open.size;
    },
    lists: (next) => (references = next),
    count: (counters) => (document = { ...document, counters }),
    report: (fields) => {
      document = { ...document, ...fields };
      version += 1;
      for (const response of waiting) answer(response);
      waiting.clear();
    },
    nothingNew: () => {
      for (const response of waiting) response.writeHead(304, { etag: etag() }).end();
      waiting.clear();
    },
    tellCounters: () => {
      for (const response of waiting) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
      waiting.clear();
    },
    fail: (next, times) => {
      fault = next;
      // Waiting requests fail, too.
      faults = times - waiting.size;
      for (const response of waiting) response.destroy();
      waiting.clear();
    },
    neverWait: () => {
      patient = false;
    },
    withoutTag: () => {
      tagged = false;
    },
    stop: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function tell(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function imagesOf({ registry, snapshotHash }: RegistryStatusDocument, references: object): RegistryImages {
  const none = { images: [], urls: [], packages: [], urlTemplates: [], unusable: { count: 0, first: [] } };
  return { registry, snapshotHash: snapshotHash ?? '', ...none, ...references };
}

/** Explains everything as listed by no source. */
function explanationOf({ registry, snapshotHash }: RegistryStatusDocument, request: IncomingMessage): RegistryExplain {
  const [[kind = 'image', text = ''] = []] = new URL(request.url ?? '/', 'http://fake').searchParams;
  return {
    registry,
    snapshotHash: snapshotHash ?? '',
    subject: { kind: kind as ExplainSubject, text, compared: text },
    allowed: false,
    enforcement: 'enforce',
    rule: 'notInCatalog',
    sentence: `${kind} ${text} is not in the catalog: no source has it`,
    entries: [],
    nearest: [],
  };
}

function questionOf(request: IncomingMessage): Question {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
  return { path: pathname, wait: searchParams.get('wait'), ifNoneMatch: request.headers['if-none-match'] };
}

function misbehave(fault: Fault, response: ServerResponse): void {
  const json = { 'content-type': 'application/json', etag: '"bad"' };
  if (fault === 'garbage') response.writeHead(200, json).end('<html>sign in</html>');
  if (fault === 'another form') response.writeHead(200, json).end('{"servers":[]}');
  if (fault === 'status 500') response.writeHead(500).end('boom');
  if (fault === 'status 404') response.writeHead(404).end();
  if (fault === 'an empty answer') response.writeHead(200, json).end();
  if (fault === 'a closed connection') response.destroy();
  if (fault === 'a broken answer') response.writeHead(200, { ...json, 'content-length': '100' }).write('{', () => response.destroy());
  if (fault === 'half an answer') response.writeHead(200, { ...json, 'content-length': '100' }).write('{');
  if (fault === 'an endless answer') {
    response.writeHead(200, json);
    const more = (): void => {
      if (!response.destroyed) response.write(' '.repeat(1024 * 1024), more);
    };
    more();
  }
}

/** Listens on a loopback address whose port is free. */
async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  for (let tries = 0; ; tries++) {
    const byte = (): number => 1 + Math.floor(Math.random() * 250);
    const ip = `127.${byte()}.${byte()}.${byte()}`;
    try {
      server.listen(PORT, ip);
      await once(server, 'listening');
      return ip;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tries > 20) throw error;
    }
  }
}
