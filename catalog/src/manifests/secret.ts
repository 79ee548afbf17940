import { shellCommand } from '../clients/quote.ts';
import { plainText } from '../launch/hidden.ts';

/** A value that belongs into a Secret. */
export interface SecretValue {
  /** The variable or header that has it; also its key in the Secret. */
  readonly name: string;
  /** Its placeholder, with the text around it. */
  readonly value: string;
}

/** Something to do before a manifest is applied. */
export interface Preparation {
  readonly about: string;
  /** A command for sh, bash, zsh and fish. */
  readonly text: string;
}

/** Longest value of a Secret that is shown. */
const MAX_SHOWN = 10_000;

/** Creates a Secret with placeholders for its values. A multi-line answer in one of them would look like several commands. */
export function createSecret(secret: string, values: readonly SecretValue[], namespace: string | undefined): Preparation {
  const inNamespace = namespace === undefined ? [] : ['--namespace', namespace];
  const literals = values.map(({ name, value }) => `--from-literal=${name}=${plainText(value, MAX_SHOWN)}`);
  return {
    about: `Creates Secret ${secret} with ${values.map(({ name }) => name).join(', ')}. For sh, bash, zsh and fish.`,
    text: shellCommand(['kubectl', 'create', 'secret', 'generic', secret, ...inNamespace, ...literals]),
  };
}
