import { own, type Json, type JsonObject } from '../json.ts';
import { upperFirst } from './choice.ts';
import { plainText } from './hidden.ts';
import { scalar, type Input } from './input.ts';
import { pairsFrom } from './pair.ts';
import { ASK_PUBLISHER, type Reading, type Refusal } from './reading.ts';
import type { Endpoint, Target } from './target.ts';
import { answersTo, inputsIn, textOf, type Answers, type Fill, type Text } from './text.ts';

/** Names of this machine in URLs. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])$/;
/** Placeholder for an input of a URL that is only checked. */
const SAMPLE = 'x';

/** Transports of server.json, by the names that clients use. */
const TYPES: ReadonlyMap<string, Endpoint['type']> = new Map([
  ['streamable-http', 'http'],
  ['http', 'http'],
  ['sse', 'sse'],
]);

/**
 * The endpoint of a transport; undefined if it has none, or an unusable one, which the reading reports. `input` returns the input for a variable of its URL.
 */
export function endpointFrom(transport: JsonObject, reading: Reading, input: (name: string) => Input): Endpoint | undefined {
  const type = scalar(own(transport, 'type')) ?? '';
  const known = TYPES.get(type);
  const url = scalar(own(transport, 'url'));
  if (known === undefined || url === undefined) {
    const what = known === undefined ? `Its transport ${JSON.stringify(plainText(type, 40))} is not known` : 'It has no URL';
    reading.refuse('transport', `${what}: clients speak stdio, streamable-http and sse`, ASK_PUBLISHER);
    return undefined;
  }
  const text = reading.template('url', url, input);
  // What a default makes of it is checked with the answers, which may replace it.
  const problem = problemOfUrl(sampleUrl(text, (input) => shapeOf(input, text)));
  if (problem !== undefined) reading.refuse('url', `The URL ${JSON.stringify(plainText(url, 200))} ${problem}`, ASK_PUBLISHER);
  return { type: known, url: text, headers: headersFrom(own(transport, 'headers'), reading) };
}

function headersFrom(list: Json | undefined, reading: Reading): Endpoint['headers'] {
  return pairsFrom(list, 'header', reading);
}

/** A sample value for an input, or a URL for one at the beginning. */
function shapeOf(input: Input, [first]: Text): readonly string[] {
  return [input === first ? `https://${SAMPLE}` : SAMPLE];
}

/** A sample of the URL: filled by `fill`, else by a default, else by a word, or by a URL if the variable is its beginning. */
export function sampleUrl(text: Text, fill: Fill = () => []): string {
  const filled = textOf(text, (input) => [fill(input)[0] ?? input.default ?? shapeOf(input, text)[0] ?? SAMPLE]) ?? '';
  return filled.replace(/^([a-z]+:\/\/[^/?#]*):x(?=[/?#]|$)/i, '$1');
}

/** What is wrong with a URL to which a client should connect; undefined: nothing. */
export function problemOfUrl(url: string): string | undefined {
  if (!/^https?:\/\//i.test(url)) return 'does not begin with http:// or https://';
  if (/[\s\\]/.test(url)) return 'has a space or a backslash in it';
  const parsed = URL.parse(url);
  if (parsed === null) return 'cannot be read as one';
  if (parsed.username !== '' || parsed.password !== '') return 'has a user or a password in it';
  return undefined;
}

/** Why answers, or defaults in place of missing ones, do not result in a URL that a client should use; undefined: they do, or there is none. */
export function wrongWith(answers: Answers, target: Target): Refusal | undefined {
  if (target.kind === 'bundle' || target.endpoint === undefined) return undefined;
  const { url } = target.endpoint;
  const filled = sampleUrl(url, (input) => answersTo(input, answers));
  const problem = problemOfUrl(filled);
  if (problem === undefined) return undefined;
  const its = `its URL ${JSON.stringify(plainText(filled, 120))} ${problem}`;
  const inputs = inputsIn(url).filter((input) => valueOf(input, answers) !== undefined);
  const blamed = inputs.find((input) => isToBlame(input, url, answers)) ?? inputs[0];
  if (blamed === undefined) return { reason: 'url', message: upperFirst(its), remedy: ASK_PUBLISHER };
  const shown = JSON.stringify(plainText(valueOf(blamed, answers) ?? '', 60));
  return answersTo(blamed, answers).length > 0
    ? { reason: 'url', message: `With ${shown} for ${blamed.key} ${its}`, remedy: 'Correct the answers.' }
    : {
        reason: 'url',
        message: `With ${shown}, the default of ${blamed.key}, ${its}`,
        remedy: `Give a value of your own for ${blamed.key}.`,
      };
}

function valueOf(input: Input, answers: Answers): string | undefined {
  return answersTo(input, answers)[0] ?? input.default;
}

/** Whether a URL would be fine with another value of one input. */
function isToBlame(one: Input, url: Text, answers: Answers): boolean {
  return problemOfUrl(sampleUrl(url, (input) => (input === one ? shapeOf(input, url) : answersTo(input, answers)))) === undefined;
}

/** Whether a URL points to this machine. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(URL.parse(url)?.hostname ?? '');
}

/** The port of a URL, as written: a number, or a placeholder. Undefined: the scheme's default. */
export function portOf(url: string): string | undefined {
  return /^https?:\/\/(?:\[[^\]]*\]|[^/:?#]*):([^/?#]+)/i.exec(url)?.[1];
}
