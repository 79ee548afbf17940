import { Minimatch } from 'minimatch';
import { entryTags, type CatalogEntry } from './entry.ts';

/** Include and exclude lists, as in an MCPRegistry. */
export interface FilterRules {
  readonly names?: { readonly include?: readonly string[] | undefined; readonly exclude?: readonly string[] | undefined } | undefined;
  readonly tags?: { readonly include?: readonly string[] | undefined; readonly exclude?: readonly string[] | undefined } | undefined;
}

/** Longest name pattern; a longer one is refused when the manifest is read. */
export const MAX_PATTERN_LENGTH = 256;

/** Returns why an entry does not pass, or undefined when it does. */
export type Filter = (entry: CatalogEntry) => string | undefined;

/**
 * Compiles a filter. Exclude first: any match drops the entry. Then, where there is an include list, one of it must match.
 * Names and tags must both pass. In name patterns `*` crosses `/`, as in ToolHive's registry server (toolhive-registry-server #369);
 * `?` and `[a-z]` work, braces and extglobs are plain text. A ToolHive entry's short key counts as a name too.
 * Tags are compared exactly. An empty pattern matches nothing.
 */
export function compileFilter(rules: FilterRules | undefined): Filter {
  const nameExclude = (rules?.names?.exclude ?? []).map(compilePattern);
  const nameInclude = (rules?.names?.include ?? []).map(compilePattern);
  const tagExclude = new Set(rules?.tags?.exclude);
  const tagInclude = new Set(rules?.tags?.include);
  return (entry) => {
    const names = entry.alias === undefined ? [entry.name] : [entry.name, entry.alias];
    const excludedBy = nameExclude.find((pattern) => names.some((name) => pattern.matches(name)));
    if (excludedBy !== undefined) return `name excluded by "${excludedBy.source}"`;
    if (nameInclude.length > 0 && !nameInclude.some((pattern) => names.some((name) => pattern.matches(name)))) return 'name not included';
    if (tagExclude.size === 0 && tagInclude.size === 0) return undefined;
    const tags = entryTags(entry.server);
    const badTag = tags.find((tag) => tagExclude.has(tag));
    if (badTag !== undefined) return `tag "${badTag}" is excluded`;
    if (tagInclude.size > 0 && !tags.some((tag) => tagInclude.has(tag))) return 'no tag is included';
    return undefined;
  };
}

interface Pattern {
  readonly source: string;
  matches(name: string): boolean;
}

/** minimatch does not let `*` match `/`; replacing it with another character in pattern and name makes `*` cross it. */
const WALL = '\u0001';

function compilePattern(source: string): Pattern {
  if (source === '' || source.length > MAX_PATTERN_LENGTH) return { source, matches: () => false };
  const matcher = new Minimatch(source.replaceAll('/', WALL), {
    dot: true,
    nonegate: true,
    nocomment: true,
    noext: true,
    nobrace: true,
    // On every platform: a backslash escapes.
    platform: 'linux',
  });
  return { source, matches: (name) => matcher.match(name.replaceAll('/', WALL)) };
}
