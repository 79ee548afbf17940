import type { Answers } from '@toolhive-registry/catalog/clients';

/** What was made of a server, or why nothing can be. */
type Result = { readonly available: true } | { readonly available: false; readonly message: string; readonly remedy: string };

/** What came of an attempt. */
export interface Attempt<T> {
  readonly made: T;
  /** Answers that were left out because they cannot be used, by their keys: why. */
  readonly wrong: ReadonlyMap<string, string>;
}

/**
 * Makes something of a server with what somebody has typed and chosen. What a client cannot use is left out rather than having everything refused: a package
 * that was chosen for another client, and answers that cannot stand where they are needed.
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
