/**
 * Requests a registry ten times a second, each time on a new connection, and answers GET / with the results: how often there were 2 servers, and other answers.
 * GET /begin starts over: a connection to a Service whose rules are being set up at the node may hang, which is not about the registry.
 */
import { createServer, get } from 'node:http';

const URL = 'http://kept-api:8080/v0.1/servers';
const PACE_MS = 100;
const NOTHING = { served: 0, failed: 0, last: '' };
let seen = { ...NOTHING };

/** Counts an answer to a request that was sent when these were the results. Answers before the first good one do not count. */
function count(results: typeof seen, problem: string | undefined): void {
  if (results !== seen) return;
  if (problem === undefined) seen.served += 1;
  else if (seen.served > 0) {
    seen.failed += 1;
    seen.last = `${new Date().toISOString()} ${problem}`;
  }
}

function ask(): void {
  const results = seen;
  const request = get(URL, { agent: false, timeout: 2_000 }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part: string) => (text += part));
    answer.on('end', () => {
      const isServed = answer.statusCode === 200 && text.includes('"count":2');
      count(results, isServed ? undefined : `${answer.statusCode} ${text.slice(0, 200)}`);
    });
  });
  request.on('timeout', () => request.destroy(new Error('no answer within 2 s')));
  request.on('error', ({ message }) => {
    count(results, message);
  });
}

setInterval(ask, PACE_MS);
createServer(({ url }, response) => {
  if (url === '/begin') seen = { ...NOTHING };
  response.end(JSON.stringify(seen));
}).listen(8080);
