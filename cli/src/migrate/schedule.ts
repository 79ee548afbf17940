import { formatDuration, parseGoDuration, isObject } from '@toolhive-registry/api';
import { textOf, type Field } from './field.ts';
import { compact, NOTHING_TO_DO, type Fields } from './types.ts';

/** Bounds of a duration, as our schema has them. */
interface Bounds {
  readonly min: string;
  readonly max: string;
}

const INTERVAL: Bounds = { min: '5s', max: '8760h' };
const TIMEOUT: Bounds = { min: '1s', max: '5m' };

/** Reads a sync policy; fields beside `interval` are ours already. */
export function syncPolicyOf(policy: Field | undefined): Fields | undefined {
  if (policy === undefined || !isObject(policy.value)) return undefined;
  const read = compact({
    type: policy.get('type')?.take(),
    interval: durationOf(policy.get('interval'), INTERVAL),
    retryPolicy: policy.get('retryPolicy')?.take(),
    maxRemovedPercent: policy.get('maxRemovedPercent')?.take(),
  });
  if (Object.keys(read).length > 0) return read;
  if (Object.keys(policy.value).length === 0) policy.note('changed', 'names no interval', NOTHING_TO_DO);
  return undefined;
}

/** Reads the time limit of one attempt. */
export function timeoutOf(timeout: Field | undefined): string | undefined {
  return durationOf(timeout, TIMEOUT);
}

/** A Go duration within the bounds. One that is none at all is left out, with a note. */
function durationOf(field: Field | undefined, { min, max }: Bounds): string | undefined {
  if (field === undefined) return undefined;
  const value = field.value;
  const milliseconds = typeof value === 'string' ? millisecondsOf(value) : undefined;
  if (typeof value !== 'string' || milliseconds === undefined) {
    field.note('todo', 'is not a duration and is left out', 'write one such as 30s, 5m or 1h30m');
    return undefined;
  }
  const [low, high] = [parseGoDuration(min), parseGoDuration(max)];
  if (milliseconds >= low && milliseconds <= high && value.length <= 32) return textOf(field);
  const nearest = formatDuration(Math.min(Math.max(milliseconds, low), high));
  field.note('changed', `is ${nearest} here, where it is from ${min} to ${max}`, NOTHING_TO_DO);
  return nearest;
}

function millisecondsOf(text: string): number | undefined {
  try {
    return parseGoDuration(text);
  } catch {
    return undefined;
  }
}
