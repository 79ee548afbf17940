import { portOf } from '../launch/endpoint.ts';
import { hasHidden } from '../launch/hidden.ts';
import type { Launch } from '../launch/launch.ts';
import type { FilledPair } from '../launch/pair.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Context, Way } from './form.ts';
import { jsonFile, quotedText, shellCommand } from './quote.ts';

/** Common description of every command. */
const SHELLS = 'For sh, bash, zsh and fish.';

/** A file. */
export function fileWay(path: string, about: string, text: string): Way {
  return { kind: 'file', about, path, text };
}

/** A file with JSON. */
export function jsonWay(path: string, about: string, value: Json): Way {
  return fileWay(path, about, jsonFile(value));
}

/** A link. */
export function linkWay(about: string, text: string): Way {
  return { kind: 'link', about, text };
}

/** A command; none if a word has invisible characters, as an answer of several lines does: pasted, it would look like several commands. */
export function commandWay({ warn }: Context, about: string, words: readonly string[], notes: readonly string[] = []): Way[] {
  if (!words.some(hasHidden))
    return [{ kind: 'command', about: `${about} ${SHELLS}`, ...(notes.length === 0 ? {} : { notes }), text: shellCommand(words) }];
  warn('A command is left out, since a value has line breaks or invisible characters.');
  return [];
}

/** How to start a server that listens, before a client connects to it. */
export function startWays(context: Context): Way[] {
  const { command, endpoint } = context.launch;
  if (command === undefined || endpoint === undefined) return [];
  const notes = [
    `The server listens at ${quotedText(endpoint.url)} until it is stopped.`,
    // thv picks a free port and tells the server in MCP_PORT; its catalog has no port for such servers.
    ...(portOf(endpoint.url) === undefined
      ? ["The entry names no port, so this is the URL's default. If the server listens at another one, change it in both places."]
      : []),
  ];
  return commandWay(context, 'Starts the server. Do this first.', runWords(context.launch), notes);
}

/** A command with its variables, for a shell. */
export function runWords({ command }: Launch): string[] {
  if (command === undefined) return [];
  const variables = command.env.map(({ name, value }) => `${name}=${value}`);
  return [...(variables.length === 0 ? [] : ['env', ...variables]), command.program, ...command.args];
}

/** A launch as most clients write it in JSON. `types` are the words for HTTP and for server-sent events; without them the client detects the type. */
export function clientJson({ command, endpoint }: Launch, types?: { readonly http: string; readonly sse: string }): JsonObject {
  if (endpoint !== undefined) {
    const { type, url, headers } = endpoint;
    return { ...(types === undefined ? {} : { type: types[type] }), url, ...(headers.length === 0 ? {} : { headers: valuesOf(headers) }) };
  }
  const { program = '', args = [], env = [] } = command ?? {};
  return { command: program, args: [...args], ...(env.length === 0 ? {} : { env: valuesOf(env) }) };
}

/** Pairs as an object. */
export function valuesOf(pairs: readonly FilledPair[]): JsonObject {
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}
