import type { ClientForm, Context, Way } from './form.ts';
import { bundleRefused } from './refusals.ts';
import { clientJson, commandWay, jsonWay, startWays } from './ways.ts';

const TYPES = { http: 'http', sse: 'sse' };

/**
 * Claude Code. Source: code.claude.com/docs/en/mcp (`claude mcp add`, `add-json`, `.mcp.json`, `${VAR}` in commands, arguments, variables, URLs and headers).
 * `--env` and `--header` take everything up to the next option (anthropics/claude-code issue 62332), so `--transport` comes after them.
 */
export const claude: ClientForm = {
  title: 'Claude Code',
  replaced: /\$\{/,
  refusal: bundleRefused,
  ways: (context) => [...startWays(context), ...commandWays(context), fileOf(context)],
};

function commandWays(context: Context): Way[] {
  const { name, launch } = context;
  const about = 'Adds the server for the folder you are in; with --scope user behind "add", for all of them.';
  return [
    ...commandWay(context, about, ['claude', 'mcp', 'add', ...addWords(context)]),
    ...commandWay(context, 'The same, in one piece of JSON.', ['claude', 'mcp', 'add-json', name, JSON.stringify(jsonOf(launch))]),
  ];
}

function addWords({ name, launch: { command, endpoint } }: Context): string[] {
  if (endpoint !== undefined) {
    const headers = endpoint.headers.flatMap((header) => ['--header', `${header.name}: ${header.value}`]);
    return [...headers, '--transport', endpoint.type, name, endpoint.url];
  }
  const { program = '', args = [], env = [] } = command ?? {};
  const variables = env.flatMap((variable) => ['--env', `${variable.name}=${variable.value}`]);
  return [...variables, '--transport', 'stdio', name, '--', program, ...args];
}

function jsonOf(launch: Context['launch']): ReturnType<typeof clientJson> {
  return launch.endpoint === undefined ? { type: 'stdio', ...clientJson(launch) } : clientJson(launch, TYPES);
}

function fileOf({ name, launch }: Context): Way {
  return jsonWay('.mcp.json', 'For everybody who works on a project; add to what the file has.', {
    mcpServers: { [name]: jsonOf(launch) },
  });
}
