import { expect, test } from '@jest/globals';
import { sentenceOf } from '../../program/failure.ts';
import { fillIn, readTemplate } from './template.ts';

const VALUE = {
  servers: [
    { name: 'a', version: '1', stars: 3, tags: ['x', 'y'], official: true },
    { name: 'b', version: '2', stars: 10, tags: [] },
    { name: 'c', version: '3' },
  ],
  metadata: { count: 3, 'example.com/key': 'dotted', next: null },
  deep: { name: 'd', inner: { name: 'e' } },
};

function shown(template: string): string {
  return fillIn(readTemplate(template), VALUE);
}

test.each<[template: string, text: string]>([
  ['{.metadata.count}', '3'],
  ['.metadata.count', '3'],
  ['$.metadata.count', '3'],
  ['x{.metadata.count}', 'x3'],
  ['{.metadata.count}x{"\\n"}{\'y\'}', '3x\ny'],
  ['{ .metadata.count }', '3'],
  ['{$.metadata.count}{@.metadata.count}', '33'],
  ['{.servers[0].name}', 'a'],
  ['{.servers[-1].name}', 'c'],
  ['{.servers[-3].name}', 'a'],
  ['{.servers[*].name}', 'a b c'],
  ['{.servers[0:2].name}', 'a b'],
  ['{.servers[1:].name}', 'b c'],
  ['{.servers[:-1].name}', 'a b'],
  ['{.servers[::2].name}', 'a c'],
  ['{.servers[0:0].name}', ''],
  ['{.servers[0,2].name}', 'a c'],
  ["{.servers[*]['name','version']}", 'a 1 b 2 c 3'],
  ["{.servers[0]['name', 'stars']}", 'a 3'],
  ["{['metadata']['count']}", '3'],
  ["{.metadata['example.com/key']}", 'dotted'],
  ['{.metadata.example\\.com/key}', 'dotted'],
  ['{..name}', 'a b c d e'],
  ['{.deep.*}', 'd {"name":"e"}'],
  ['{.servers[0].tags}', '["x","y"]'],
  ['{.servers[1].tags[*]}', ''],
  ['{.servers[99].name}{.metadata[0]}{.metadata.constructor}{.servers.length}', ''],
  ['{.metadata.nothing}{.metadata.next}{.metadata.next.more}', ''],
  ['{.servers[?(@.stars>5)].name}', 'b'],
  ['{.servers[?(@.stars<=3)].name}', 'a'],
  ['{.servers[?(@.name=="b")].version}', '2'],
  ["{.servers[?(@.name!='b')].version}", '1 3'],
  ['{.servers[?(@.official==true)].name}', 'a'],
  ['{.servers[?(@.stars)].name}', 'a b'],
  ['{.servers[?(@.stars>1.5 && @.stars<9)].name}', 'a'],
  ['{.servers[?(@.stars=="3")].name}', ''],
  ['{.servers[?(@.tags[*])].name}', 'a'],
  ['{range .servers[*]}{.name}{"\\t"}{.version};{end}.', 'a\t1;b\t2;c\t3;.'],
  ['{range .servers[0:1]}{range .tags[*]}<{@}>{end}{end}', '<x><y>'],
  ['{"a } b"}', 'a } b'],
  ['{.}', JSON.stringify(VALUE)],
])('%s', (template, text) => {
  expect(shown(template)).toBe(text);
});

test.each<[template: string, what: string]>([
  ['x', 'the path {x} cannot be read: it begins with "x"; begin it with a dot: {.x}'],
  ['{metadata.count}', 'the path {metadata.count} cannot be read: it begins with "m"; begin it with a dot'],
  ['{.servers', 'the template "{.servers" has a { without a }'],
  ['{"open}', 'the template "{"open}" has a { without a }; write paths as {.name}, and close quotes'],
  ['{.servers[}', 'the path {.servers[} cannot be read: unclosed bracketed selection'],
  ['{.servers[a]}', "the path {.servers[a]} cannot be read: unexpected token 'a'"],
  ['{.servers[]}', 'the path {.servers[]} cannot be read'],
  ['{.metadata.}', 'the path {.metadata.} cannot be read: it is not a JSONPath; write it as {.items[*].name}'],
  ['{.metadata count}', 'the path {.metadata count} cannot be read'],
  ['{}', 'the template has {} without a path'],
  ['{range .servers[*]}{.name}', '{range .servers[*]} has no {end}'],
  ['{.name}{end}', 'the template "{.name}{end}" has {end} without {range}'],
  ['{.servers[?(@.name=="a"]}', 'the path {.servers[?(@.name=="a"]} cannot be read'],
  ['{.servers[?(@.name=~"a")]}', 'the path {.servers[?(@.name=~"a")]} cannot be read'],
])('%s makes no sense', (template, what) => {
  expect(() => readTemplate(template)).toThrow(expect.objectContaining({ exitCode: 2 }));
  expect(said(() => readTemplate(template))).toContain(what);
});

function said(read: () => unknown): string {
  try {
    read();
    return '';
  } catch (error) {
    return sentenceOf(error);
  }
}
