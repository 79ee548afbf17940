import type { JsonObject } from '../json.ts';
import { fileName, type ClientForm, type Context, type Way } from './form.ts';
import { bundleRefused } from './refusals.ts';
import { clientJson, commandWay, jsonWay, startWays } from './ways.ts';

/**
 * Gemini CLI. Sources: google-gemini/gemini-cli docs/tools/mcp-server.md (`httpUrl`, `url`, names without `_`), packages/cli/src/commands/mcp/add.ts (`gemini
 * mcp add`, arguments after `--`), packages/cli/src/utils/envVarResolver.ts (`$NAME` and `${NAME}` in every text of the settings).
 */
export const gemini: ClientForm = {
  title: 'Gemini CLI',
  // Its policies use the part before the first `_` as the server's name.
  nameOf: (lastPart) => fileName(lastPart.replaceAll('_', '-')),
  replaced: /\$[\w{]/,
  refusal: bundleRefused,
  ways: (context) => [...startWays(context), ...addWays(context), fileOf(context)],
};

function addWays(context: Context): Way[] {
  const { name, launch, warn } = context;
  const { command, endpoint } = launch;
  const add = (words: readonly string[]): Way[] =>
    commandWay(context, 'Adds the server to your settings.', ['gemini', 'mcp', 'add', '--scope', 'user', ...words]);
  if (endpoint !== undefined) {
    const headers = endpoint.headers.flatMap((header) => ['--header', `${header.name}: ${header.value}`]);
    return add(['--transport', endpoint.type, ...headers, name, endpoint.url]);
  }
  const { program = '', args = [], env = [] } = command ?? {};
  // It uses the part between the first and the second `=`, and nothing if there is no value.
  if (env.some(({ value }) => value === '' || value.includes('='))) {
    warn('The command "gemini mcp add" is left out: it cannot be given a variable that is empty or has a "=" in it. Use the file.');
    return [];
  }
  const variables = env.flatMap((variable) => ['--env', `${variable.name}=${variable.value}`]);
  return add(['--transport', 'stdio', ...variables, name, program, ...(args.length === 0 ? [] : ['--', ...args])]);
}

function fileOf({ name, launch }: Context): Way {
  const about = 'In your home folder, or in that of a project; add to what the file has.';
  return jsonWay('~/.gemini/settings.json', about, { mcpServers: { [name]: serverOf(launch) } });
}

/** A URL alone means server-sent events. */
function serverOf(launch: Context['launch']): JsonObject {
  const { url, ...others } = clientJson(launch);
  if (url === undefined) return others;
  return launch.endpoint?.type === 'http' ? { httpUrl: url, ...others } : { url, ...others };
}
