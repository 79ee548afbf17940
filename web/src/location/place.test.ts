import { expect, test } from '@jest/globals';
import { queryOf, readPlace, serverPlace, WHOLE_CATALOG, type Place } from './place.ts';

const NO_FILTERS = WHOLE_CATALOG.filters;

test.each<[query: string, place: Place]>([
  ['', WHOLE_CATALOG],
  ['?q=send+email', { ...WHOLE_CATALOG, q: 'send email' }],
  ['?tier=Official&tag=a+b&tag=c', { ...WHOLE_CATALOG, filters: { ...NO_FILTERS, tier: ['Official'], tag: ['a b', 'c'] } }],
  ['?deployed=true&sort=updated', { ...WHOLE_CATALOG, deployed: true, sort: 'updated' }],
  ['?server=com.example%2Fone', serverPlace('com.example/one')],
  ['?server=a&version=1&compared=2&client=thv', { view: 'server', name: 'a', version: '1', compared: '2', client: 'thv' }],
  ['?view=skills', { view: 'skills', q: '', skill: undefined }],
  ['?view=skills&q=pdf&skill=io.example%2Fpdf', { view: 'skills', q: 'pdf', skill: 'io.example/pdf' }],
  ['?view=groups&group=a+b', { view: 'groups', group: 'a b' }],
  ['?view=health', { view: 'health' }],
])('%s names a place, and the place that query', (query, place) => {
  expect(readPlace(query)).toEqual(place);
  expect(queryOf(place)).toBe(query);
});

test.each<[query: string, place: Place]>([
  ['?sort=stars', WHOLE_CATALOG],
  ['?view=elsewhere&utm_source=x', WHOLE_CATALOG],
  ['?server=', WHOLE_CATALOG],
  ['?tag=a%2C+b,', { ...WHOLE_CATALOG, filters: { ...NO_FILTERS, tag: ['a', 'b'] } }],
  ['?tag=&tag=a&tag=a', { ...WHOLE_CATALOG, filters: { ...NO_FILTERS, tag: ['a'] } }],
  ['?q=%E0%A4%A', { ...WHOLE_CATALOG, q: '\uFFFD%A' }],
])('%s: what is not known is passed over', (query, place) => {
  expect(readPlace(query)).toEqual(place);
});
