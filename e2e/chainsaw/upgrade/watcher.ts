/** Requests a registry ten times a second, each time on a new connection, and answers GET / with the results: how often there were 2 servers, and other answers. */
import { createServer, get } from 'node:http';

const URL = 'http://kept-api:8080/v0.1/servers';
const PACE_MS = 100;
const seen = { served: 0, failed: 0, last: '' };

/** Counts an answer. Answers before the first good one do not count. */
function count(problem: string | undefined): void {
  if (problem === undefined) seen.served += 1;
  else if (seen.served > 0) {
    seen.failed += 1;
    seen.last = `${new Date().toISOString()} ${problem}`;
  }
}

function ask(): void {
  const request = get(URL, { agent: false, timeout: 2_000 }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part: string) => (text += part));
    answer.on('end', () => {
      const isServed = answer.statusCode === 200 && text.includes('"count":2');
      count(isServed ? undefined : `${answer.statusCode} ${text.slice(0, 200)}`);
    });
  });
  request.on('timeout', () => request.destroy(new Error('no answer within 2 s')));
  request.on('error', ({ message }) => {
    count(message);
  });
}

setInterval(ask, PACE_MS);
createServer((_, response) => response.end(JSON.stringify(seen))).listen(8080);
