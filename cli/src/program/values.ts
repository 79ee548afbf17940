import type { ArgumentSpec, FlagSpec } from './flag.ts';
import { misuse } from './failure.ts';

/** Reads the value of a flag. Throws a failure that says what is valid. */
export function flagValue(
  name: string,
  { kind, choices, forms, form, least, most, empty }: FlagSpec,
  value: string,
): string | number | undefined {
  const flag = `--${name}`;
  if (isBlank(value)) {
    if (empty === 'unset') return undefined;
    throw misuse(`${flag} is empty`, 'give it a value, or leave it out');
  }
  if (kind === 'number') return whole(flag, value, least, most);
  if (forms !== undefined) return ofForm(flag, value, forms);
  if (form !== undefined && !form.pattern.test(value)) throw misuse(`${flag} is "${value}"`, form.remedy);
  return oneOf(flag, value, choices);
}

/** Reads an argument. Throws a failure that says what is valid. */
export function argumentValue({ name, choices }: ArgumentSpec, value: string): string {
  if (isBlank(value)) throw misuse(`${name} is empty`, 'check that shell variables in it are set');
  return oneOf(name, value, choices);
}

function isBlank(value: string): boolean {
  return value.trim() === '';
}

function oneOf(what: string, value: string, choices: readonly string[] | undefined): string {
  if (choices === undefined || choices.includes(value)) return value;
  throw misuse(`${what} is "${value}"`, `use one of ${choices.join(', ')}`);
}

/** The part after the `=` of a form has its own parser. */
function ofForm(flag: string, value: string, forms: readonly string[]): string {
  if (forms.some((form) => (form.includes('=') ? value.startsWith(form.slice(0, form.indexOf('=') + 1)) : form === value))) return value;
  throw misuse(`${flag} is "${value}"`, `use one of ${forms.join(', ')}`);
}

function whole(flag: string, value: string, least = 1, most?: number): number {
  const number = Number(value);
  if (/^\d{1,9}$/.test(value) && number >= least && number <= (most ?? Infinity)) return number;
  throw misuse(
    `${flag} is "${value}"`,
    most === undefined ? `give it a whole number of at least ${least}` : `give it a whole number from ${least} to ${most}`,
  );
}
