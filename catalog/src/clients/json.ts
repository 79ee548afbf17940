import type { ClientForm } from './form.ts';
import { bundleRefused } from './refusals.ts';
import { clientJson, jsonWay, startWays } from './ways.ts';

/** Any other client: `mcpServers`, which most of them read in one file or another. Which of them replace `${…}` is not known, so it is not let in. */
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
