import { upperFirst } from '../launch/choice.ts';
import type { Refusal } from '../launch/reading.ts';
import type { BundleTarget, Target } from '../launch/target.ts';
import type { ClientForm, Context, Way } from './form.ts';
import { clientJson, jsonWay, linkWay } from './ways.ts';

/**
 * Claude Desktop. Sources: modelcontextprotocol.io/docs/develop/connect-local-servers (the file and its places, local servers only); remote servers are
 * custom connectors of an account (support.claude.com, article 11175166); bundles are installed from a file (anthropics/mcpb, README).
 */
export const claudeDesktop: ClientForm = { title: 'Claude Desktop', refusal, ways };

function refusal(target: Target): Refusal | undefined {
  if (target.kind === 'bundle' || target.endpoint === undefined) return undefined;
  const message = `${upperFirst(target.about)} is reached at a URL, and the configuration of Claude Desktop accepts only local servers that speak stdio`;
  const remedy =
    target.kind === 'remote'
      ? 'Add its URL as a custom connector, under Settings, Connectors. Headers cannot be given there.'
      : 'Use another client, or a package that speaks stdio.';
  return { reason: 'transport', message, remedy };
}

function ways({ name, launch, target }: Context): Way[] {
  if (target.kind === 'bundle') return [bundleWay(target)];
  const about =
    'On macOS in ~/Library/Application Support/Claude, on Windows in %APPDATA%\\Claude. Add to what the file has, and start Claude Desktop again.';
  return [jsonWay('claude_desktop_config.json', about, { mcpServers: { [name]: clientJson(launch) } })];
}

function bundleWay({ url, sha256 }: BundleTarget): Way {
  const check = sha256 === undefined ? '' : ` Its SHA-256 must be ${sha256}.`;
  return linkWay(`Download the bundle and open it with Claude Desktop, which asks what it needs.${check}`, url);
}
