import { z } from 'zod';
import { list, text } from './fields.ts';

const pattern =
  'Glob over the whole server name: `*` any characters (also `/`), `?` one character, `[a-z]` one of a set. No braces, no `!`.';
const excludeWins = 'A server that matches an exclude is dropped even when an include matches it.';

const patterns = (): z.ZodArray<z.ZodString> => list(text({ min: 1, max: 256 }).describe(pattern), 100);
const tags = (): z.ZodArray<z.ZodString> => list(text({ min: 1, max: 256 }).describe('Exact tag, case-sensitive.'), 100);

const namesFilter = z.object({
  include: patterns().optional().describe('Only servers whose name matches one of these. Absent or empty: all.'),
  exclude: patterns().optional().describe(`Servers whose name matches one of these are dropped. ${excludeWins}`),
});

const tagsFilter = z.object({
  include: tags().optional().describe('Only servers that carry at least one of these tags. Absent or empty: all, also those without tags.'),
  exclude: tags().optional().describe(`Servers that carry one of these tags are dropped. ${excludeWins}`),
});

/** Which servers of a source or of the whole registry are served. A server must pass both the names and the tags. */
export const filterSchema = z.object({
  names: namesFilter.optional().describe('Filter by server name.'),
  tags: tagsFilter.optional().describe('Filter by tag.'),
  include: patterns().optional().describe('Short form of names.include; both may be given, and are combined.'),
  exclude: patterns().optional().describe('Short form of names.exclude; both may be given, and are combined.'),
});
