import { Agent, request as httpsRequest } from 'node:https';

/** An answer of the API server; `body` is parsed JSON, or the text when it is none. */
export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  /** What the server warns of, without code and agent of the headers. */
  readonly warnings: readonly string[];
}

/** Address and credentials of requests. */
export interface ClientOptions {
  /** Base address, for example `https://127.0.0.1:6443`. */
  readonly url: string;
  /** PEM certificates to trust. */
  readonly ca: string;
  readonly token: string;
}

/** A minimal client of the API server. */
export interface ApiClient {
  /**
   * One request. A string body goes as it is, anything else as JSON.
   * @throws Error when there is no answer within 30 s
   */
  request(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiResponse>;
  /** Closes idle connections. */
  close(): void;
}

const timeoutMs = 30_000;

/** A client with its own keep-alive connections. */
export function apiClient(options: ClientOptions): ApiClient {
  const agent = new Agent({ keepAlive: true, ca: options.ca });
  return {
    request: (method, path, body, contentType = 'application/json') =>
      new Promise((resolve, reject) => {
        const headers = {
          authorization: `Bearer ${options.token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': contentType }),
        };
        const signal = AbortSignal.timeout(timeoutMs);
        const request = httpsRequest(new URL(path, options.url), { method, agent, headers, signal }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: parsed(Buffer.concat(chunks).toString('utf8')),
              warnings: (response.headersDistinct['warning'] ?? []).map((line) => /^299 \S+ "(.*)"/u.exec(line)?.[1] ?? line),
            }),
          );
        });
        request.on('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`, { cause: error })));
        if (body !== undefined) request.write(typeof body === 'string' ? body : JSON.stringify(body));
        request.end();
      }),
    close: () => agent.destroy(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
