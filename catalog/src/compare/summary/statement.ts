import type { Json } from '../../json.ts';

/** How closely a reviewer has to look: at what may harm, at what works otherwise, and at what only reads otherwise. */
export type Attention = 'security' | 'behavior' | 'text';

/** The kinds of attention, the one that is needed first. */
export const ATTENTIONS: readonly Attention[] = ['security', 'behavior', 'text'];

/** One of the things that a statement is about. Everything but `notes` comes from a catalog. */
export interface Subject {
  /** What it is known by: `API_KEY`, `npm @example/weather`. Absent where there is only one, such as the description. */
  readonly name?: string;
  /** Words of ours about it: `secret, required`. */
  readonly notes?: string;
  readonly before?: Json;
  readonly after?: Json;
  /** JSON pointer of the difference. */
  readonly pointer: string;
}

/** What a reviewer is listed: one sentence about one or more things of the same kind. */
export interface Statement {
  readonly attention: Attention;
  /** What changeText, in words of ours: `new environment variables`. Nothing of it comes from a catalog. */
  readonly what: string;
  readonly subjects: readonly Subject[];
}
