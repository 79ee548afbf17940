import type { JSX } from 'preact';
import type { Match } from '../api/registry.ts';
import { seen } from '../ui/plain.tsx';

/** A piece of a text, and whether it is one of the words that were looked for. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a text where it has one of the words, whatever their case. The words are those that the API says it found. */
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

/** A field of a server, with the words marked by which it was found. One element for the direction of all pieces: of a text in Arabic they follow each other from the right. */
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
