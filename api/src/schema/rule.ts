import type { z } from 'zod';

/**
 * A rule said once for both judges: `cel` goes to the API server, `holds` to zod, and both answer with `message`.
 * `field` is the child of the value that the error points at, a path with dots for a deeper one; without it the value itself.
 */
export interface Rule<T> {
  readonly cel: string;
  readonly message: string;
  readonly holds: (value: T) => boolean;
  readonly field?: string;
  /** `cel` looks at `oldSelf`, an optional: what is there already. zod knows nothing of it, and judges as if the value were new. */
  readonly optionalOldSelf?: true;
}

/** What a rule becomes in the CRD. */
export interface CelValidation {
  readonly rule: string;
  readonly message: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: true;
}

/** Name of the CRD keyword that holds CEL rules. */
export const validations = 'x-kubernetes-validations';

/** Writes a regular expression as a CEL raw string; patterns therefore contain no single quote. */
export function celRegex(pattern: string): string {
  return `r'${pattern}'`;
}

/** The schema with `rules` checked by zod after the value itself is valid, and carried as metadata to the CRD. */
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
