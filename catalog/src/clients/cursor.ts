import type { ClientForm, Context, Way } from './form.ts';
import { base64, urlText } from './quote.ts';
import { bundleRefused } from './refusals.ts';
import { clientJson, jsonWay, linkWay, startWays } from './ways.ts';

/** Cursor. Sources: cursor.com/docs/mcp (the file, `${env:NAME}` and other variables in it), cursor.com/docs/mcp/install-links (the link). */
export const cursor: ClientForm = { title: 'Cursor', replaced: /\$\{/, refusal: bundleRefused, ways };

function ways(context: Context): Way[] {
  const { name, launch } = context;
  const server = clientJson(launch);
  const link = `cursor://anysphere.cursor-deeplink/mcp/install?name=${urlText(name)}&config=${urlText(base64(JSON.stringify(server)))}`;
  return [
    ...startWays(context),
    linkWay('Opens Cursor, which shows the server and installs it.', link),
    jsonWay('.cursor/mcp.json', 'For one project, or in your home folder for all; add to what the file has.', {
      mcpServers: { [name]: server },
    }),
  ];
}
