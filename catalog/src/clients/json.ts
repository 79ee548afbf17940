import type { ClientForm } from './form.ts';
import { bundleRefused } from './refusals.ts';
import { clientJson, jsonWay, startWays } from './ways.ts';

/** Any other client: `mcpServers`, which most of them read from some file. It is unknown which of them substitute `${…}`, so that is refused. */
export const json: ClientForm = {
  title: 'JSON (mcpServers)',
  replaced: /\$\{/,
  refusal: bundleRefused,
  ways: (context) => [
    ...startWays(context),
    jsonWay('mcp.json', 'As most clients read it; its place differs.', {
      mcpServers: { [context.name]: clientJson(context.launch, { http: 'http', sse: 'sse' }) },
    }),
  ],
};
