import { judgedQueries } from '../catalog/src/search/judging.ts';

/** Parameters of a list. */
export interface SearchCase {
  readonly search: string;
  /** A filter beside it. */
  readonly transport?: string;
}

const HITS = [
  'a',
  'e',
  'mcp',
  'server',
  'mcp server',
  'github',
  'postgres',
  'weather',
  'io.github',
  'ai.smithery/a',
  'search the web',
  'memory for',
];
/** Words that are not there, by themselves, and parts that are, in an order that is not. */
const MISSES = [
  'zzzzzz',
  'kuberntes',
  'server mcp github',
  'qwertyuiop asdfghjkl',
  'weather postgres',
  'the the',
  'x9',
  'mcpx',
  '日本語検索',
];
const PUNCTUATION = ['.', '"', ' - ', '!?', '—'];

/** Texts for `search`: found in most entries and in none, with a filter, without a part of a word, and what people ask. */
export function searches(): readonly SearchCase[] {
  return [
    ...[...HITS, ...MISSES, ...PUNCTUATION].map((search) => ({ search })),
    ...[...HITS, ...MISSES].map((search) => ({ search, transport: 'sse' })),
    ...judgedQueries().map(({ query }) => ({ search: query })),
  ];
}

/** What asks for the most work: words of most entries, beginnings that many words have, slips, and many words at once. */
const HOSTILE = [
  'mcp',
  'server',
  'mcp server',
  'a',
  's',
  'se',
  'co',
  'pro',
  'zzzzzz',
  'kuberntes',
  'mcp server api tools data ai model context protocol agents search web',
  'io github com ai mcp server tools data model context protocol agents',
  'server servers service services serve serving tool tools mcp mcps api apis',
  's a t m c d e p b i r g',
  'se co pr in re de ma st tr ca te an',
  'srver modle cntext protcol contxet agnts toosl dta serch yuor providse acess',
  'x'.repeat(500),
  'github '.repeat(70),
  'io.github.example/a-server-that-is-not-there',
  '日本',
];

/** Numbers of typed characters after which results are shown. */
const TYPED = [2, 4, 7, 11];

/** Questions for `q`: those that are judged, as they are and while they are typed, and those that ask for the most work. */
export function rankedQuestions(): readonly string[] {
  const judged = judgedQueries().map(({ query }) => query);
  const typed = judged.flatMap((query) => TYPED.filter((length) => length < query.length).map((length) => query.slice(0, length)));
  return [...judged, ...typed, ...HOSTILE];
}
