/** Shortens text of a client so that it can be quoted in an error. */
export function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
