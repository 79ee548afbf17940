import type { z } from 'zod';

/**
 * A rule for both validators: `cel` goes to the API server, `holds` to zod, and both report `message`. `field` is the child of the value to which the error
 * points, with dots for a deeper one; without it the value itself.
 */
export interface Rule<T> {
  readonly cel: string;
  readonly message: string;
  readonly holds: (value: T) => boolean;
  readonly field?: string;
  /** `cel` uses `oldSelf`, an optional with the stored value. zod does not have it, and validates as if the value were new. */
  readonly optionalOldSelf?: true;
}

/** A rule as it appears in the CRD. */
export interface CelValidation {
  readonly rule: string;
  readonly message: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: true;
}

/** Name of the CRD keyword that holds CEL rules. */
export const validations = 'x-kubernetes-validations';

/** Writes a regular expression as a CEL raw string; patterns must not contain single quotes. */
export function celRegex(pattern: string): string {
  return `r'${pattern}'`;
}

/** The schema with `rules`, which zod checks once the value itself is valid, and which the CRD gets from its metadata. */
export function withRules<S extends z.ZodType>(schema: S, rules: readonly Rule<z.output<S>>[]): S {
  const checked = schema.superRefine((value, context) => {
    for (const rule of rules) {
      if (rule.holds(value)) continue;
      const path = rule.field?.split('.') ?? [];
      const input = path.reduce<unknown>((parent, name) => (parent as Record<string, unknown> | undefined)?.[name], value);
      context.addIssue({ code: 'custom', message: rule.message, path, input });
    }
  });
  const before = (schema.meta()?.[validations] ?? []) as readonly CelValidation[];
  return checked.meta({ ...schema.meta(), [validations]: [...before, ...rules.map(celValidation)] });
}

function celValidation(rule: Rule<never>): CelValidation {
  const { cel, message, field, optionalOldSelf } = rule;
  return {
    rule: cel,
    message,
    ...(field === undefined ? {} : { fieldPath: `.${field}` }),
    ...(optionalOldSelf === undefined ? {} : { optionalOldSelf }),
  };
}

/** A rule that a string matches `pattern`, which must be valid in both RE2 and JavaScript. */
export function matches(pattern: string, message: string): Rule<string> {
  const expression = new RegExp(pattern, 'u');
  return { cel: `self.matches(${celRegex(pattern)})`, message, holds: (value) => expression.test(value) };
}

/** A rule that a string does not match `pattern`. */
export function excludes(pattern: string, message: string): Rule<string> {
  const expression = new RegExp(pattern, 'u');
  return { cel: `!self.matches(${celRegex(pattern)})`, message, holds: (value) => !expression.test(value) };
}
