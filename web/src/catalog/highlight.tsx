import type { JSX } from 'preact';
import type { Match } from '../api/registry.ts';
import { seen } from '../ui/plain.tsx';

/** A piece of text, and whether it is a search hit. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** Splits a text at the words, ignoring case. The words are those that the API reports as found. */
export function piecesOf(text: string, words: readonly string[]): readonly Piece[] {
  const wanted = words.filter((word) => word !== '').map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  if (wanted.length === 0) return [{ text, marked: false }];
  // The longest first: of `mail` and `email` the text has one that begins earlier.
  const pattern = new RegExp(`(${wanted.toSorted((a, b) => b.length - a.length).join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, marked: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

/** A field of a server, with search hits marked. One element sets the direction of all pieces: in Arabic they run from right to left. */
export function Highlighted({
  text,
  field,
  matched = [],
}: {
  readonly text: string;
  readonly field: Match['field'];
  readonly matched?: readonly Match[] | undefined;
}): JSX.Element {
  const words = matched.find((match) => match.field === field)?.words ?? [];
  return (
    <bdi>
      {piecesOf(text, words).map((piece, index) => (piece.marked ? <mark key={index}>{seen(piece.text)}</mark> : seen(piece.text)))}
    </bdi>
  );
}
