import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Logger } from './logger.ts';
import { stderrLogger, withFields } from './logger.ts';

test('a pino logger is a Logger, and fields are added to each line, its own fields winning', () => {
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

test('the default logger writes warnings and errors with their stack, and nothing else', () => {
  const written: string[] = [];
  const logger = withFields(
    stderrLogger((text) => written.push(text)),
    { controller: 'shops' },
  );
  logger.debug({}, 'looked');
  logger.info({}, 'done');
  const error = new Error('no');
  logger.error({ err: error, name: 'a' }, 'reconcile failed');
  logger.warn({ err: 'odd' }, 'careful');
  expect(written).toEqual([
    `ERROR reconcile failed {"controller":"shops","name":"a"}\n  ${error.stack}\n`,
    'WARN careful {"controller":"shops"}\n  "odd"\n',
  ]);
});
