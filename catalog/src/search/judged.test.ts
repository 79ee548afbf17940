import { expect, test } from '@jest/globals';
import { judgedCatalogs, judgedQueries, recordedFigures, servedFigures } from './judging.ts';

const snapshot = judgedCatalogs();

test('100 questions are judged, with servers of the catalogs', () => {
  const judged = judgedQueries();
  expect([judged.length, new Set(judged.map(({ query }) => query)).size]).toEqual([100, 100]);
  const names = judged.flatMap(({ grades }) => Object.keys(grades));
  expect(names.filter((name) => snapshot.latestRowOf(name) === undefined)).toEqual([]);
  expect(judged.filter(({ grades }) => !Object.values(grades).includes(3))).toEqual([]);
});

test('the ranking is as good as was recorded; after a change of it, run "make judge" and look at what it prints', () => {
  expect(servedFigures(snapshot)).toEqual(recordedFigures());
});
