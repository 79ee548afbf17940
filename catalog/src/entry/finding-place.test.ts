import { expect, test } from '@jest/globals';
import { isAbout, nameIn } from './finding-place.ts';

test.each<[entry: string, name: string]>([
  ['com.example/one', 'com.example/one'],
  ['team/servers.json: com.example/one', 'com.example/one'],
  ['odd: name.json: com.example/one', 'com.example/one'],
  ['one', 'one'],
  ['', ''],
])('a finding about %j is about %j', (entry, name) => {
  expect([nameIn(entry), isAbout(entry, name), isAbout(entry, `x${name}`)]).toEqual([name, true, false]);
});
