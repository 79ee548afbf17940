import type { Json } from '../../json.ts';

/** How closely a reviewer has to look: security for possible harm, behavior for functional changes, text for wording. */
export type Attention = 'security' | 'behavior' | 'text';

/** The kinds of attention, most important first. */
export const ATTENTIONS: readonly Attention[] = ['security', 'behavior', 'text'];

/** One of the subjects of a statement. Everything but `notes` comes from a catalog. */
export interface Subject {
  /** Its name: `API_KEY`, `npm @example/weather`. Absent if there is only one, such as the description. */
  readonly name?: string;
  /** Our own words about it: `secret, required`. */
  readonly notes?: string;
  readonly before?: Json;
  readonly after?: Json;
  /** JSON pointer of the difference. */
  readonly pointer: string;
}

/** A statement for reviewers: one sentence about one or more things of the same kind. */
export interface Statement {
  readonly attention: Attention;
  /** What happened, in our own words: `new environment variables`. Nothing in it comes from a catalog. */
  readonly what: string;
  readonly subjects: readonly Subject[];
}
