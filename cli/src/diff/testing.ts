import { CatalogEntries, type CatalogItem, type ComparisonRules } from '@toolhive-registry/catalog/compare';
import type { JsonObject } from '@toolhive-registry/catalog';
import { diffOf, type CatalogDiff } from './side.ts';

/** For tests: a server with some fields. */
export function server(name: string, version: string, fields: JsonObject = {}): CatalogItem {
  return { server: { name, version, description: 'What it does', ...fields }, _meta: {} };
}

/** For tests: the difference of two catalogs, called `a.json` and `b.json`. */
export function diffOfItems(
  before: Iterable<CatalogItem>,
  after: Iterable<CatalogItem>,
  rules: ComparisonRules & { readonly details?: number } = {},
): CatalogDiff {
  const entries = (items: Iterable<CatalogItem>): CatalogEntries => {
    const collected = new CatalogEntries(rules);
    for (const item of items) collected.add(item);
    return collected;
  };
  return diffOf({ label: 'a.json', entries: entries(before) }, { label: 'b.json', entries: entries(after) }, rules);
}

/** For tests: writes out control and bidirectional characters, as the program's own function does. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** For tests: texts that would do something where Markdown, HTML or a terminal takes them for their own. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</code></summary></details><h1>x',
  '<!-- comment',
  '@someone and @org/team',
  '[link](https://evil.example)',
  '![image](https://evil.example/x.png)',
  'https://evil.example/?a=b&c=d',
  'www.evil.example and mail@evil.example',
  '#1 GH-1 org/repo#1',
  '`code` ``more`` ```',
  '`',
  '``` \n```\n# title',
  'a | b || c',
  'a \\| b \\\\| c \\',
  '|---|---|',
  '\n\n# title\n\n- item\n\n</details>',
  '\r\n> quote',
  '\u2028# title\u2029',
  '**bold** _it_ ~~no~~',
  '&lt;b&gt; &#124; &amp;',
  '\u001b[31mred\u001b[0m\u0007',
  '\u202eevil\u202c\u200b',
  '\ud800 lone',
  '   ',
  ':smile: $math$',
  '\\`\\*',
];
