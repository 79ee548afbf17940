import { describe, expect, test } from '@jest/globals';
import { REASONS, reasonFacts, SOURCE_REASONS, type ReasonFacts } from './reasons.ts';

const rows = Object.entries<ReasonFacts>(REASONS);

describe('every reason', () => {
  test.each(rows)('%s is a valid reason in Kubernetes, and has a remedy', (reason, { event, meaning, remedy }) => {
    for (const word of [reason, event]) expect(word).toMatch(/^[A-Z][A-Za-z]{2,62}$/);
    for (const sentence of [meaning, remedy]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test('for the owner of the data has its own Event; the rest share one', () => {
    for (const [reason, { level, event }] of rows) expect(event).toBe(level === 'error' ? 'SyncFailed' : reason);
  });
});

test('reasons of sources are distinguished from those of the registry', () => {
  expect(SOURCE_REASONS).toContain('SourceNotFound');
  expect(SOURCE_REASONS).not.toContain('ManifestInvalid');
});

test('an unknown reason has no facts, even if objects inherit a property of that name', () => {
  expect(reasonFacts('DataInvalid')).toBe(REASONS.DataInvalid);
  for (const word of ['SolarFlare', 'constructor', '__proto__', '']) expect(reasonFacts(word)).toBeUndefined();
});
