import {
  asText,
  at,
  isObject,
  OFFICIAL_META,
  ORIGIN_META,
  toolhiveExtensions,
  type Json,
  type JsonObject,
} from '@toolhive-registry/catalog/entry';
import { factLines, safeLines, section, type Fact } from '../output/sections.ts';
import { scalarText } from '../output/scalar.ts';
import { printable } from '../terminal/printable.ts';
import { styleFor, type Style } from '../terminal/style.ts';
import type { ServerItem } from './client.ts';
import { inputSection } from './input-text.ts';
import { rowOf } from './server-row.ts';
import type { Shown } from './status-text.ts';

/** Facts about a server besides its entry. */
export interface ServerKnown {
  readonly item: ServerItem;
  /** Versions, the last published first. */
  readonly versions: readonly ServerItem[];
  /** Where the entry comes from, in words. */
  readonly source?: string | undefined;
  /** Sentences of the report about it. */
  readonly findings: readonly string[];
}

/** A server in sections, for a person. */
export function serverText({ item, versions, source, findings }: ServerKnown, { terminal }: Pick<Shown, 'terminal'>): string {
  const style = styleFor(terminal.color);
  const server = item.server as JsonObject;
  const [extension = {}] = toolhiveExtensions(server);
  const tools = toolLines(extension);
  return [
    factLines(factsOf(item, versions, source), style),
    section(
      'Packages',
      list(server['packages'], (one) => packageLines(one, style)),
      style,
    ),
    section(
      'Remotes',
      list(server['remotes'], (one) => remoteLines(one, style)),
      style,
    ),
    section('Arguments of the image', argumentLines(extension['args']), style),
    section('Permissions', yamlLike(extension['permissions']), style),
    section('Provenance', yamlLike(extension['provenance']), style),
    section('Tools', tools, style),
    section('Findings', findings.map((one) => `  ${printable(one)}\n`).join(''), style),
  ].join('');
}

function factsOf(item: ServerItem, versions: readonly ServerItem[], source: string | undefined): Fact[] {
  const row = rowOf(item);
  const server = item.server as JsonObject;
  const meta = (item._meta ?? {}) as JsonObject;
  const text = (...path: string[]): string => printable(asText(at(server, ...path)) ?? '');
  const others = versions.map((one) => rowOf(one).version).filter((version) => version !== row.version);
  const message = asText(at(meta, OFFICIAL_META, 'statusMessage')) ?? '';
  const format = asText(at(meta, ORIGIN_META, 'format')) ?? '';
  return [
    ['Name', printable(row.name)],
    ['Title', printable(row.title)],
    ['Description', safeLines(row.description)],
    ['Version', `${printable(row.version)}${at(meta, OFFICIAL_META, 'isLatest') === true ? ' (latest)' : ''}`],
    ['Other versions', printable(shortened(others))],
    ['Status', printable(`${row.status}${message === '' ? '' : `: ${message}`}`)],
    ['Tier', printable(row.tier)],
    ['Tags', printable(row.tags.join(', '))],
    ['Repository', text('repository', 'url')],
    ['Website', text('websiteUrl')],
    ['Published', printable(row.published)],
    ['Updated', printable(row.updated)],
    ['Stars', row.stars === undefined ? '' : String(row.stars)],
    ['Source', printable(`${source ?? ''}${source !== undefined && format !== '' ? `, read from the format ${format}` : ''}`)],
  ];
}

/** Maximum number of names that a line lists. */
const MAX_LISTED = 10;

function shortened(names: readonly string[]): string {
  const more = names.length - MAX_LISTED;
  return `${names.slice(0, MAX_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function list(value: Json | undefined, lines: (one: JsonObject) => string): string {
  return Array.isArray(value) ? value.filter(isObject).map(lines).join('') : '';
}

function packageLines(one: JsonObject, style: Style): string {
  const version = asText(one['version']);
  const transport = [asText(at(one, 'transport', 'type')), asText(at(one, 'transport', 'url'))].filter((part) => part !== undefined);
  const head = `${asText(one['registryType']) ?? '?'} ${asText(one['identifier']) ?? '?'}${version === undefined ? '' : ` ${version}`}`;
  return [
    `  ${style.bold(printable(head))}\n`,
    factLines(
      [
        ['transport', printable(transport.join(' at '))],
        ['registry', printable(asText(one['registryBaseUrl']) ?? '')],
        ['run by', printable(asText(one['runtimeHint']) ?? '')],
        ['sha256', printable(asText(one['fileSha256']) ?? '')],
      ],
      style,
      '    ',
    ),
    inputSection('Environment', one['environmentVariables'], style),
    inputSection('Arguments', one['packageArguments'], style),
    inputSection('Arguments of the runtime', one['runtimeArguments'], style),
    inputSection('Headers', at(one, 'transport', 'headers'), style),
  ].join('');
}

function remoteLines(one: JsonObject, style: Style): string {
  const head = `${asText(one['type']) ?? '?'} ${asText(one['url']) ?? '?'}`;
  return [
    `  ${style.bold(printable(head))}\n`,
    inputSection('Headers', one['headers'], style),
    inputSection('Variables of the URL', one['variables'], style),
  ].join('');
}

/** Arguments that ToolHive's catalogs have apart from a package. */
function argumentLines(value: Json | undefined): string {
  return Array.isArray(value) ? value.map((argument) => `  ${printable(scalarText(argument))}\n`).join('') : '';
}

function toolLines(extension: JsonObject): string {
  const definitions = Array.isArray(extension['tool_definitions']) ? extension['tool_definitions'].filter(isObject) : [];
  const described = new Map(definitions.map((one) => [asText(one['name']) ?? '', asText(one['description']) ?? '']));
  const names = Array.isArray(extension['tools']) ? extension['tools'].flatMap((one) => asText(one) ?? []) : [...described.keys()];
  return names
    .map((name) => {
      const about = (described.get(name) ?? '').split('\n')[0] ?? '';
      return `  ${printable(name)}${about === '' ? '' : `: ${printable(about)}`}\n`;
    })
    .join('');
}

/** A small object in the form of YAML, without quotes. */
function yamlLike(value: Json | undefined, indent = '  '): string {
  if (!isObject(value)) return '';
  return Object.entries(value)
    .map(([key, one]) => {
      const head = `${indent}${printable(key)}:`;
      if (isObject(one)) return `${head}\n${yamlLike(one, `${indent}  `)}`;
      const text = Array.isArray(one)
        ? one.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ')
        : String(one);
      return `${head} ${printable(text)}\n`;
    })
    .join('');
}
