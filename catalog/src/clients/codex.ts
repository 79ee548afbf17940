import type { FilledPair } from '../launch/pair.ts';
import type { ClientForm, Context, Way } from './form.ts';
import { tomlKey, tomlString } from './quote.ts';
import { bundleRefused, sseRefused } from './refusals.ts';
import { commandWay, fileWay, startWays } from './ways.ts';

/**
 * OpenAI's Codex. Sources: openai/codex codex-rs/config/src/mcp_types.rs (the fields; there is no server-sent events), codex-rs/cli/src/mcp_cmd.rs
 * (`codex mcp add [OPTIONS] <NAME> (--url <URL> | -- <COMMAND>...)`, which has no option for headers).
 */
export const codex: ClientForm = {
  title: 'Codex',
  refusal: (target) => bundleRefused(target) ?? sseRefused(target, 'Codex'),
  ways: (context) => [
    ...startWays(context),
    ...addWays(context),
    fileWay('~/.codex/config.toml', 'Add to what the file has.', tomlOf(context)),
  ],
};

function addWays(context: Context): Way[] {
  const { name, launch } = context;
  const { command, endpoint } = launch;
  const add = (words: readonly string[]): Way[] =>
    commandWay(context, 'Adds the server to your configuration.', ['codex', 'mcp', 'add', ...words]);
  if (endpoint !== undefined) return endpoint.headers.length > 0 ? [] : add([name, '--url', endpoint.url]);
  const { program = '', args = [], env = [] } = command ?? {};
  return add([...env.flatMap((variable) => ['--env', `${variable.name}=${variable.value}`]), name, '--', program, ...args]);
}

function tomlOf({ name, launch: { command, endpoint } }: Context): string {
  const head = `[mcp_servers.${tomlKey(name)}]`;
  if (endpoint !== undefined)
    return [head, `url = ${tomlString(endpoint.url)}`, ...table(name, 'http_headers', endpoint.headers)].join('\n');
  const { program = '', args = [], env = [] } = command ?? {};
  const lines = [`command = ${tomlString(program)}`, `args = [${args.map(tomlString).join(', ')}]`];
  return [head, ...lines, ...table(name, 'env', env)].join('\n');
}

function table(name: string, key: string, pairs: readonly FilledPair[]): string[] {
  if (pairs.length === 0) return [];
  return ['', `[mcp_servers.${tomlKey(name)}.${key}]`, ...pairs.map((pair) => `${tomlKey(pair.name)} = ${tomlString(pair.value)}`)];
}
