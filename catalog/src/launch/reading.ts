import { isSecret } from '../formats/client/secret.ts';
import { asText, isObject, own, sameJson, type Json, type JsonObject } from '../json.ts';
import { hasHidden, plainText } from './hidden.ts';
import { inputFrom, keyOf, scalar, type Input } from './input.ts';
import type { Text } from './text.ts';

/** Why an entry, or a part of it, cannot be used. */
export type UnavailableReason =
  /** It has neither packages nor remotes. */
  | 'nothing'
  /** The client does not run packages of this type. */
  | 'registry'
  /** The client does not support the transport. */
  | 'transport'
  /** The package identifier is not a valid name. */
  | 'name'
  /** The package is from an index that the client does not support. */
  | 'index'
  /** Options of the runtime would change what is run, or are unknown. */
  | 'options'
  /** The URL is not one that a client should use. */
  | 'url'
  /** A text has invisible characters, or ones that the client would substitute. */
  | 'text';

/** What cannot be used, and why; the message is a sentence, and so is the remedy. */
export interface Refusal {
  readonly reason: UnavailableReason;
  readonly message: string;
  readonly remedy: string;
}

/** The remedy for a faulty entry. */
export const ASK_PUBLISHER = 'Ask the publisher of the entry to correct it.';

/** The remedy if an entry asks for more than should be granted unseen. */
export const READ_FIRST = 'Read the documentation of the server, and write the command yourself if you trust it.';

/** A possible input: an identifier in braces. */
const VARIABLE = /\{([A-Za-z_][A-Za-z0-9_.-]*)\}/g;

/** The state while one package or remote of an entry is read. */
export class Reading {
  readonly inputs: Input[] = [];
  readonly warnings: string[] = [];
  /** The first reason not to use it. */
  refusal: Refusal | undefined;
  readonly #raw = new Map<Input, JsonObject>();

  refuse(reason: UnavailableReason, message: string, remedy: string): void {
    this.refusal ??= { reason, message, remedy };
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  /** A text of the entry; refused if parts of it are invisible. */
  literal(what: string, text: string): string {
    if (hasHidden(text)) this.refuse('text', `${what} has invisible characters: ${JSON.stringify(plainText(text, 60))}`, ASK_PUBLISHER);
    return text;
  }

  /** The input that an entry defines. The same name with the same definition is the same input. */
  input(label: string, raw: JsonObject): Input {
    const same = this.inputs.find((one) => one.label === label && sameJson(this.#raw.get(one), raw));
    if (same !== undefined) return same;
    const input = inputFrom(keyOf(label, new Set(this.inputs.map(({ key }) => key))), this.literal('The name of an input', label), raw);
    if (input.default !== undefined) this.literal(`The default of ${input.key}`, input.default);
    this.#raw.set(input, raw);
    this.inputs.push(input);
    return input;
  }

  /** The value of an `Input` of server.json: its fixed value, with variables in it, or the input itself. */
  value(label: string, raw: JsonObject): Text {
    const fixed = scalar(own(raw, 'value'));
    if (fixed === undefined || fixed === '') return [this.input(label, raw)];
    const variables = own(raw, 'variables');
    return this.template(label, fixed, (name) => {
      const declared = isObject(variables) ? own(variables, name) : undefined;
      if (!isObject(declared)) return this.undeclared(name, label, raw);
      return this.input(name, own(raw, 'isRequired') === true ? { ...declared, isRequired: true } : declared);
    });
  }

  /** A text with variables in braces; `input` returns the input for one. */
  template(what: string, text: string, input: (name: string) => Input): Text {
    this.literal(`The value of ${plainText(what, 60)}`, text);
    const parts: (string | Input)[] = [];
    let end = 0;
    for (const match of text.matchAll(VARIABLE)) {
      if (match.index > end) parts.push(text.slice(end, match.index));
      parts.push(input(match[1] ?? ''));
      end = match.index + match[0].length;
    }
    return end < text.length ? [...parts, text.slice(end)] : parts;
  }

  /**
   * The input for a variable that is not declared. It should stay as text (server.json, Input.value), but publishers of hundreds of entries mean an input: the
   * one of that name that was read before, or one with the properties of the value around it. Whether it is secret follows from its name, or from its context.
   */
  undeclared(name: string, label: string, raw: JsonObject): Input {
    const known = this.inputs.find((one) => one.label === name || one.label === `--${name}`);
    if (known !== undefined) return known;
    const description = asText(own(raw, 'description'));
    const secret = own(raw, 'isSecret') === true || isSecret(name) || isSecret(label);
    return this.input(name, {
      isRequired: true,
      ...(description === undefined ? {} : { description }),
      ...(secret ? { isSecret: true } : {}),
    });
  }
}

/** The objects of a list; none for anything else. */
export function objects(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}
