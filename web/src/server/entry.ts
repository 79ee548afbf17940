import {
  asText,
  at,
  isObject,
  OFFICIAL_META,
  ORIGIN_META,
  own,
  PUBLISHER_META,
  toolhiveExtensions,
  type Json,
} from '@toolhive-registry/catalog/entry';
import type { Item } from '../api/registry.ts';
import { filled, textsIn } from './values.ts';

/** The facts of an entry, for people. */
export interface Entry {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly status: string;
  readonly statusMessage: string | undefined;
  readonly isLatest: boolean;
  readonly published: string | undefined;
  readonly updated: string | undefined;
  readonly tier: string | undefined;
  readonly stars: number | undefined;
  readonly tags: readonly string[];
  readonly repository: string | undefined;
  /** Folder of the server in its repository. */
  readonly subfolder: string | undefined;
  readonly website: string | undefined;
  readonly license: string | undefined;
  /** Markdown: ToolHive's overview, or the README that a publisher provides. */
  readonly readme: string | undefined;
  /** The format that it came in, where that is not the official one. */
  readonly format: string | undefined;
}

/** Reads an item of the official API. Fields of a wrong type count as absent. */
export function entryOf({ server, _meta = {} }: Item): Entry {
  const [extension = {}] = toolhiveExtensions(server);
  const official = own(_meta, OFFICIAL_META);
  const github = at(server, '_meta', PUBLISHER_META, 'github');
  const name = asText(own(server, 'name')) ?? '';
  const text = (...path: string[]): string | undefined => filled(asText(at(server, ...path)));
  const stars = at(extension, 'metadata', 'stars') ?? at(github, 'stargazerCount');
  return {
    name,
    title: text('title') ?? filled(asText(own(extension, 'title'))) ?? name.slice(name.lastIndexOf('/') + 1),
    description: text('description') ?? '',
    version: text('version') ?? '',
    status: (filled(asText(at(official, 'status'))) ?? filled(asText(own(extension, 'status'))) ?? 'active').toLowerCase(),
    statusMessage: filled(asText(at(official, 'statusMessage'))),
    isLatest: at(official, 'isLatest') === true,
    published: filled(asText(at(official, 'publishedAt'))),
    updated: filled(asText(at(official, 'updatedAt'))),
    tier: filled(asText(own(extension, 'tier'))),
    stars: typeof stars === 'number' ? stars : undefined,
    tags: textsIn(own(extension, 'tags')),
    repository: text('repository', 'url'),
    subfolder: text('repository', 'subfolder'),
    website: text('websiteUrl'),
    license: filled(asText(own(extension, 'license'))) ?? licenseOf(at(github, 'license')),
    readme: filled(asText(own(extension, 'overview'))) ?? filled(asText(at(github, 'readme'))),
    format: filled(asText(at(_meta, ORIGIN_META, 'format'))),
  };
}

/** GitHub reports a license by its key, its name, or both. */
function licenseOf(value: Json | undefined): string | undefined {
  if (isObject(value)) return filled(asText(own(value, 'spdx_id'))) ?? filled(asText(own(value, 'name')));
  return filled(asText(value));
}
