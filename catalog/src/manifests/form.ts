import type { JsonObject } from '../json.ts';
import type { Pair } from '../launch/pair.ts';
import type { Refusal } from '../launch/reading.ts';
import type { PackageTarget, RemoteTarget, Target } from '../launch/target.ts';
import { inputsIn, textOf, type Fill } from '../launch/text.ts';
import type { Preparation, SecretValue } from './secret.ts';

/** The input for a manifest. */
export interface Context {
  readonly server: JsonObject;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly metadata: JsonObject;
  readonly fill: Fill;
  readonly warn: (message: string) => void;
}

/** Objects to apply, the server last, and prerequisites. */
export interface Made {
  readonly manifests: readonly JsonObject[];
  readonly preparations: readonly Preparation[];
}

/** A kind of object that runs or reaches servers. */
export interface ManifestForm {
  /** Why it cannot be created for a target; undefined: it can. */
  readonly refusal: (target: Target) => Refusal | undefined;
  readonly make: (target: PackageTarget | RemoteTarget, context: Context) => Made;
}

/** Variables or headers with values, separated from those that belong into a Secret. */
export interface Values {
  readonly plain: readonly SecretValue[];
  readonly secret: readonly SecretValue[];
}

/** The values that belong into a Secret: those that contain a secret. */
export function valuesOf(pairs: readonly Pair[], fill: Fill): Values {
  const values = pairs.flatMap(({ name, text }) => {
    const value = textOf(text, fill);
    return value === undefined ? [] : [{ name, value, isSecret: inputsIn(text).some(({ secret }) => secret) }];
  });
  const of = (wanted: boolean): SecretValue[] =>
    values.filter(({ isSecret }) => isSecret === wanted).map(({ name, value }) => ({ name, value }));
  return { plain: of(false), secret: of(true) };
}
