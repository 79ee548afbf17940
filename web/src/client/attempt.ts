import type { Answers } from '@toolhive-registry/catalog/clients';

/** The result for a server, or why there is none. */
type Result = { readonly available: true } | { readonly available: false; readonly message: string; readonly remedy: string };

/** The result of an attempt. */
export interface Attempt<T> {
  readonly made: T;
  /** Why answers were left out, by their keys. */
  readonly wrong: ReadonlyMap<string, string>;
}

/**
 * Builds a configuration of a server from what the user typed and chose. Unusable input is left out rather than causing a refusal: a package
 * that was chosen for another client, and answers that do not fit.
 */
export function attempt<T extends Result>(
  make: (answers: Answers, target: string | undefined) => T,
  answers: Answers,
  target: string | undefined,
): Attempt<T> {
  const none = new Map<string, string>();
  for (const wanted of target === undefined ? [undefined] : [target, undefined]) {
    const made = make(answers, wanted);
    if (made.available) return { made, wrong: none };
  }
  const blank = make({}, undefined);
  if (!blank.available) return { made: blank, wrong: none };
  const wrong = new Map<string, string>();
  const usable = Object.entries(answers).filter(([key, value]) => {
    const alone = make({ [key]: value }, undefined);
    if (!alone.available) wrong.set(key, alone.message);
    return alone.available;
  });
  const made = make(Object.fromEntries(usable), undefined);
  return { made: made.available ? made : blank, wrong };
}
