import { asText, own, type Json, type JsonObject } from '../json.ts';
import { plainText } from './hidden.ts';

/** Something that whoever uses a server has to give, or may give. */
export interface Input {
  /** Under which an answer is given. */
  readonly key: string;
  /** How the entry calls it: the name of a variable, of a header, or of a flag with its dashes. */
  readonly label: string;
  readonly description: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly format: 'string' | 'number' | 'boolean' | 'filepath';
  /** What is taken without an answer. */
  readonly default?: string;
  /** An example of an answer. */
  readonly placeholder?: string;
  /** The only answers; empty: any. */
  readonly choices: readonly string[];
  /** Whether several answers may be given. */
  readonly repeated: boolean;
}

/** Longest description of an input. */
const MAX_DESCRIPTION = 300;
const FORMATS = ['string', 'number', 'boolean', 'filepath'] as const;

/** A number or a truth value counts as the text that server.json has it written as. */
export function scalar(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** What an `Input` of server.json says, with the key that it has not got. */
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

/** The key of an input that is called so; `taken` are those that others have. */
export function keyOf(label: string, taken: ReadonlySet<string>): string {
  const plain = label.replace(/^-+/, '').replaceAll(/[^A-Za-z0-9_.-]+/g, '-') || 'value';
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.has(key)) return key;
  }
}
