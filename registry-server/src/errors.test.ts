import { REASONS } from '@toolhive-registry/api';
import { expect, test } from '@jest/globals';
import { HTTP_ERRORS } from './errors.ts';

test('a registry that has nothing to serve answers with the status that the reasons promise', () => {
  for (const { httpStatus } of Object.values(REASONS)) expect(HTTP_ERRORS.notReady.status).toBe(httpStatus);
});
