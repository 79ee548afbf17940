import { compact, type Json, type JsonObject } from '../json.ts';
import type { Input } from '../launch/input.ts';
import { answersTo } from '../launch/text.ts';
import type { ClientForm, Context, Way } from './form.ts';
import { urlText } from './quote.ts';
import { bundleRefused } from './refusals.ts';
import { clientJson, commandWay, jsonWay, linkWay, startWays } from './ways.ts';

/**
 * Visual Studio Code. Sources: code.visualstudio.com/docs/agents/reference/mcp-configuration (the file, inputs); microsoft/vscode
 * src/vs/platform/mcp/common/mcpManagementCli.ts (`--add-mcp`), src/vs/workbench/contrib/mcp/browser/mcpWorkbenchService.ts (the link). Variables are resolved
 * in every text of a server (src/vs/workbench/contrib/mcp/common/mcpRegistry.ts), including `${command:…}`, which runs a command.
 */
export const vscode: ClientForm = {
  title: 'Visual Studio Code',
  replaced: /\$\{/,
  // Answers are stored under the id for all servers: another publisher's server with the same id would receive them.
  asks: ({ key }, serverName) => `\${input:${idOf(key, serverName)}}`,
  refusal: bundleRefused,
  ways,
};

function idOf(key: string, serverName: string): string {
  return `${serverName.replaceAll(/[^A-Za-z0-9.-]/g, '_')}_${key}`;
}

function ways(context: Context): Way[] {
  const { name, launch, serverName, target, answers } = context;
  const kind: JsonObject = launch.endpoint === undefined ? { type: 'stdio' } : {};
  const server: JsonObject = { ...kind, ...clientJson(launch, { http: 'http', sse: 'sse' }) };
  const asked = target.inputs.filter((input) => input.required && input.default === undefined && answersTo(input, answers).length === 0);
  const inputs = asked.map((input) => inputOf(input, serverName));
  const withInputs = inputs.length === 0 ? {} : { inputs };
  const definition = JSON.stringify({ name, ...server, ...withInputs });
  return [
    ...startWays(context),
    linkWay('Opens VS Code, which shows the server and installs it.', `vscode:mcp/install?${urlText(definition)}`),
    ...commandWay(context, 'Adds the server to your VS Code profile.', ['code', '--add-mcp', definition]),
    jsonWay('.vscode/mcp.json', 'For one workspace; add to what the file has.', { ...withInputs, servers: { [name]: server } }),
  ];
}

/** The description is the publisher's, and must not contain variables either. */
function descriptionOf(label: string, description: string, placeholder?: string): string {
  const parts = [label, description, placeholder === undefined ? '' : `for example ${placeholder}`];
  return parts
    .filter((part) => part !== '')
    .join(': ')
    .replaceAll('${', '{');
}

function inputOf({ key, description, label, secret, placeholder, choices }: Input, serverName: string): Json {
  return compact({
    type: choices.length > 0 ? 'pickString' : 'promptString',
    id: idOf(key, serverName),
    description: descriptionOf(label, description, placeholder),
    options: choices.length > 0 ? [...choices] : undefined,
    password: choices.length > 0 ? undefined : secret,
  });
}
