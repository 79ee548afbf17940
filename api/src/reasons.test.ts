import { describe, expect, test } from '@jest/globals';
import { REASONS, reasonFacts, SOURCE_REASONS, type ReasonFacts } from './reasons.ts';

const rows = Object.entries<ReasonFacts>(REASONS);

describe('every reason', () => {
  test.each(rows)('%s is a word that Kubernetes allows, and says what to do', (reason, { event, meaning, remedy }) => {
    for (const word of [reason, event]) expect(word).toMatch(/^[A-Z][A-Za-z]{2,62}$/);
    for (const sentence of [meaning, remedy]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test('that is for the owner of the data has an Event of its own; the rest share one', () => {
    for (const [reason, { level, event }] of rows) expect(event).toBe(level === 'error' ? 'SyncFailed' : reason);
  });
});

test('reasons of sources are told from those of the registry', () => {
  expect(SOURCE_REASONS).toContain('SourceNotFound');
  expect(SOURCE_REASONS).not.toContain('ManifestInvalid');
});

test('a word of another version has no facts, whatever objects inherit', () => {
  expect(reasonFacts('DataInvalid')).toBe(REASONS.DataInvalid);
  for (const word of ['SolarFlare', 'constructor', '__proto__', '']) expect(reasonFacts(word)).toBeUndefined();
});
