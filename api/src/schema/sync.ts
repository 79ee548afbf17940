import { z } from 'zod';
import { duration, int32 } from './fields.ts';
import { withRules } from './rule.ts';

/** A number from 1 to 100 as text, with at most six decimals. */
const multiplierPattern = '^([1-9][0-9]?(\\.[0-9]{1,6})?|100(\\.0{1,6})?)$';
const multiplierMessage = 'must be a number from 1 to 100, written as a number or as text, for example "2.0"';

/**
 * Text or number (seed 002 writes "2.0"; YAML users write 2). No OpenAPI type allows both, so the CRD leaves the value untyped and refuses everything else with
 * keywords that each apply to one type: contradictory bounds for objects and lists, `not` for booleans.
 */
const backoffMultiplier = z
  .union([z.number(), z.string()])
  .refine(isMultiplier, multiplierMessage)
  .default('2.0')
  .meta({
    'x-kubernetes-preserve-unknown-fields': true,
    pattern: multiplierPattern,
    minimum: 1,
    maximum: 100,
    minProperties: 1,
    maxProperties: 0,
    minItems: 1,
    maxItems: 0,
    not: { enum: [true, false] },
  });

function isMultiplier(value: number | string): boolean {
  return typeof value === 'string' ? new RegExp(multiplierPattern, 'u').test(value) : value >= 1 && value <= 100;
}

/** How a failed sync is retried. */
export const retryPolicySchema = z.object({
  maxAttempts: int32(1, 100).default(3).describe('Attempts after a failed sync before the next one waits for the interval.'),
  backoffInterval: duration('1s', '24h').default('30s').describe('Wait before the first retry.'),
  backoffMultiplier: backoffMultiplier.describe(
    'Factor by which the wait grows from one retry to the next, from 1 to 100. Number or text.',
  ),
});

/** When sources are read again. */
export const syncPolicySchema = withRules(
  z.object({
    type: z
      .enum(['automatic', 'manual'])
      .default('automatic')
      .describe('automatic: at every interval and on change. manual: once, then on request only.'),
    interval: duration('5s', '8760h').optional().describe('Time between two syncs as a Go duration.'),
    retryPolicy: retryPolicySchema.optional().describe('How a failed sync is retried. Absent: every 5 minutes, indefinitely.'),
    maxRemovedPercent: int32(0, 100)
      .optional()
      .describe(
        'A sync that would remove more than this share of the served servers is refused and the last good data stay. Absent: no guard.',
      ),
  }),
  [
    {
      cel: "self.type != 'automatic' || has(self.interval)",
      message: "type is 'automatic' but interval is missing; add interval, for example 30m, or set type: manual",
      holds: (policy) => policy.type !== 'automatic' || policy.interval !== undefined,
      field: 'interval',
    },
  ],
);
