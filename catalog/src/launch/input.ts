import { asText, own, type Json, type JsonObject } from '../json.ts';
import { plainText } from './hidden.ts';

/** Something that users of a server have to provide, or may provide. */
export interface Input {
  /** The key of its answer. */
  readonly key: string;
  /** Its name in the entry: that of a variable, of a header, or of a flag with its dashes. */
  readonly label: string;
  readonly description: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly format: 'string' | 'number' | 'boolean' | 'filepath';
  /** The value without an answer. */
  readonly default?: string;
  /** An example of an answer. */
  readonly placeholder?: string;
  /** The only valid answers; empty: any. */
  readonly choices: readonly string[];
  /** Whether several answers are allowed. */
  readonly repeated: boolean;
}

/** Longest description of an input. */
const MAX_DESCRIPTION = 300;
const FORMATS = ['string', 'number', 'boolean', 'filepath'] as const;

/** Numbers and booleans count as the text that server.json should contain. */
export function scalar(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** An `Input` of server.json, for a key that it lacks. */
export function inputFrom(key: string, label: string, raw: JsonObject): Input {
  const choices = own(raw, 'choices');
  const preset = scalar(own(raw, 'default'));
  const placeholder = asText(own(raw, 'placeholder'));
  return {
    key,
    label,
    description: plainText(asText(own(raw, 'description')) ?? '', MAX_DESCRIPTION),
    secret: own(raw, 'isSecret') === true,
    required: own(raw, 'isRequired') === true,
    format: FORMATS.find((one) => one === own(raw, 'format')) ?? 'string',
    ...(preset === undefined || preset === '' ? {} : { default: preset }),
    ...(placeholder === undefined ? {} : { placeholder: plainText(placeholder, MAX_DESCRIPTION) }),
    choices: Array.isArray(choices) ? choices.flatMap((choice) => scalar(choice) ?? []) : [],
    repeated: own(raw, 'isRepeated') === true,
  };
}

/** The key for an input of that name; `taken` are the keys in use. */
export function keyOf(label: string, taken: ReadonlySet<string>): string {
  const plain = label.replace(/^-+/, '').replaceAll(/[^A-Za-z0-9_.-]+/g, '-') || 'value';
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.has(key)) return key;
  }
}
