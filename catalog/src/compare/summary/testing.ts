import { PUBLISHER_META, TOOLHIVE_EXTENSION } from '../../entry/entry.ts';
import type { JsonObject } from '../../json.ts';
import { serverJson } from '../../testing.ts';
import { itemDifferences } from '../catalogs.ts';
import { phraseOf } from './phrase.ts';
import type { Statement } from './statement.ts';
import { summaryOf } from './summary.ts';

/** For tests: `security: new remote URL: https://a`, one for each statement. */
export function texts(statements: readonly Statement[]): string[] {
  return statements.map((statement) => {
    const parts = phraseOf(statement).map((part) => ('words' in part ? part.words : part.value));
    return `${statement.attention}: ${parts.join('')}`;
  });
}

/** For tests: what is said of the differences between two servers with some fields. */
export function between(before: JsonObject, after: JsonObject): string[] {
  return texts(summaryOf(itemDifferences({ server: serverJson('a/b', before) }, { server: serverJson('a/b', after) })));
}

/** For tests: a package of npm. */
export const NPM: JsonObject = { registryType: 'npm', identifier: 'x', version: '1.0.0', transport: { type: 'stdio' } };

/** For tests: a server with one package of npm. */
export function npm(fields: JsonObject): JsonObject {
  return { packages: [{ ...NPM, ...fields }] };
}

/** For tests: a server with one image. */
export function oci(identifier: string, fields: JsonObject = {}): JsonObject {
  return { packages: [{ registryType: 'oci', identifier, ...fields }] };
}

/** For tests: a server with one download. */
export function mcpb(identifier: string, fields: JsonObject = {}): JsonObject {
  return { packages: [{ registryType: 'mcpb', identifier, ...fields }] };
}

/** For tests: a server with one environment variable. */
export function variable(fields: JsonObject): JsonObject {
  return npm({ environmentVariables: [{ name: 'A', ...fields }] });
}

/** For tests: a server with one remote. */
export function remote(fields: JsonObject): JsonObject {
  return { remotes: [{ type: 'sse', url: 'https://a.example/mcp', ...fields }] };
}

/** For tests: a server with ToolHive's extension. */
export function toolhive(fields: JsonObject): JsonObject {
  return { _meta: { [PUBLISHER_META]: { [TOOLHIVE_EXTENSION]: { 'a/b:1': fields } } } };
}

/** For tests: a server with permissions for outbound traffic. */
export function outbound(fields: JsonObject): JsonObject {
  return toolhive({ permissions: { network: { outbound: fields } } });
}

/** For tests: a server with one tool. */
export function tool(fields: JsonObject): JsonObject {
  return toolhive({ tool_definitions: [{ name: 't', ...fields }] });
}
