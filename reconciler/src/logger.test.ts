import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Logger } from './logger.ts';
import { withFields } from './logger.ts';

test('a pino logger is a Logger, and fields are added to each line, the own ones winning', () => {
  const lines: Record<string, unknown>[] = [];
  const logger: Logger = pino(
    { level: 'debug' },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const inner = withFields(withFields(logger, { controller: 'c', name: 'outer' }), { name: 'inner' });
  inner.debug({ step: 1 }, 'looked');
  inner.error({ err: new Error('no'), name: 'own' }, 'failed');
  expect(lines).toMatchObject([
    { controller: 'c', name: 'inner', step: 1, msg: 'looked', level: 20 },
    { controller: 'c', name: 'own', err: { message: 'no' }, msg: 'failed', level: 50 },
  ]);
});
