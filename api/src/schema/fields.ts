import { z } from 'zod';
import { durationPattern, parseGoDuration } from '../duration.ts';
import { celRegex, excludes, matches, withRules, type Rule } from './rule.ts';

/** Bounds of a text in Unicode code points, as the API server counts. */
export interface TextBounds {
  readonly min?: number;
  readonly max: number;
}

/** A string with bounds and rules. */
export function text(bounds: TextBounds, rules: readonly Rule<string>[] = []): z.ZodString {
  const min = bounds.min ?? 0;
  const bounded = z
    .string()
    .superRefine((value, context) => {
      const { length } = Array.from(value);
      if (length < min) {
        context.addIssue({
          code: 'custom',
          message: `must have at least ${min} character${min === 1 ? '' : 's'}, has ${length}`,
          input: value,
        });
      }
      if (length > bounds.max) {
        context.addIssue({
          code: 'custom',
          message: `must have at most ${bounds.max} characters, has ${length}; shorten it`,
          input: value,
        });
      }
    })
    .meta({ ...(min > 0 ? { minLength: min } : {}), maxLength: bounds.max });
  return rules.length === 0 ? bounded : withRules(bounded, rules);
}

/** An integer of at most 32 bits with both bounds. */
export function int32(min: number, max: number): z.ZodInt {
  return z.int().min(min).max(max).meta({ format: 'int32' });
}

/** A list whose items are identified by `key`; a second item with the same key is refused. */
export function listByKey<S extends z.ZodType<Record<string, unknown>>>(
  item: S,
  key: string,
  bounds: { readonly min?: number; readonly max: number },
): z.ZodArray<S> {
  let list = z.array(item).max(bounds.max);
  if (bounds.min !== undefined) list = list.min(bounds.min);
  return list
    .superRefine((items, context) => {
      const seen = new Map<unknown, number>();
      items.forEach((entry, index) => {
        const first = seen.get(entry[key]);
        if (first === undefined) seen.set(entry[key], index);
        else {
          const message = `Duplicate value: ${key} ${JSON.stringify(entry[key])} is already used by entry ${first}; give each entry its own ${key}`;
          context.addIssue({ code: 'custom', message, path: [index], input: entry });
        }
      });
    })
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [key] });
}

/** A plain list that one owner writes as a whole. */
export function list<S extends z.ZodType>(item: S, max: number): z.ZodArray<S> {
  return z.array(item).max(max).meta({ 'x-kubernetes-list-type': 'atomic' });
}

/** A Go duration between `min` and `max`, both Go durations themselves. */
export function duration(min: string, max: string): z.ZodString {
  const within = `must be between ${min} and ${max}; for example ${min === '5s' ? '30m' : '30s'}`;
  const format = `must be a duration such as 30s, 5m or 1h30m`;
  const low = parseGoDuration(min);
  const high = parseGoDuration(max);
  const pattern = new RegExp(durationPattern, 'u');
  return text({ min: 1, max: 32 }, [
    matches(durationPattern, format),
    {
      // The rule above has already reported a malformed duration; `duration()` would fail on it.
      cel: `!self.matches(${celRegex(durationPattern)}) || (duration(self) >= duration('${min}') && duration(self) <= duration('${max}'))`,
      message: within,
      holds: (value) => !pattern.test(value) || isWithin(value, low, high),
    },
  ]);
}

function isWithin(value: string, low: number, high: number): boolean {
  try {
    const milliseconds = parseGoDuration(value);
    return milliseconds >= low && milliseconds <= high;
  } catch {
    // Longer than Go allows, and so beyond every maximum.
    return false;
  }
}

/** Name of a ConfigMap, Secret or Gateway. */
export function objectName(): z.ZodString {
  return text({ min: 1, max: 253 }, [
    matches(
      '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
      'must be the name of a Kubernetes object: lower-case letters, digits, - and ., with a letter or digit at both ends',
    ),
  ]);
}

/** A DNS label: namespace or source name. */
export function dnsLabel(): z.ZodString {
  return text({ min: 1, max: 63 }, [
    matches(
      '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
      'must be a DNS label: lower-case letters, digits and -, with a letter or digit at both ends',
    ),
  ]);
}

/** Key of a ConfigMap or Secret. */
export function dataKey(): z.ZodString {
  return text({ min: 1, max: 253 }, [
    matches('^[-._a-zA-Z0-9]+$', 'must be a key of a ConfigMap or Secret: letters, digits, -, _ and .'),
    // The key becomes a file name in the pod; Kubernetes does not accept such keys.
    excludes('^\\.(\\.|$)', 'must not be "." and not start with ".."; rename the key'),
  ]);
}

/** An http or https URL without credentials. */
export function httpUrl(): z.ZodString {
  return text({ min: 1, max: 2048 }, [
    matches('^https?://[!-~]+$', 'must be an http:// or https:// address without spaces; percent-encode other characters'),
    excludes('^https?://[^/?#]*@', 'must not contain credentials; put them in a Secret and name it in auth.secretRef'),
  ]);
}

/** A free-form object that the API server stores unchanged. */
export function anyObject(): z.ZodRecord<z.ZodString, z.ZodUnknown> {
  return z.record(z.string(), z.unknown()).meta({ 'x-kubernetes-preserve-unknown-fields': true });
}

/** A map of strings, such as annotations. */
export function stringMap(maxProperties: number): z.ZodRecord<z.ZodString, z.ZodString> {
  return z
    .record(z.string(), text({ max: 4096 }))
    .refine((value) => Object.keys(value).length <= maxProperties, `must have at most ${maxProperties} entries`)
    .meta({ maxProperties });
}
