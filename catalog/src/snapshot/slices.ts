/**
 * Texts that stand one behind the other with a comma after each, taken from their memory: put together they are joined by the commas between them.
 * Neighbors are one piece, and the last piece ends before its comma. `positions` are in order.
 */
export function joinedSlices(bytes: Buffer, offsets: Uint32Array, positions: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let index = 0; index < positions.length;) {
    let end = index + 1;
    while (end < positions.length && positions[end] === (positions[end - 1] ?? 0) + 1) end += 1;
    const stop = offsets[(positions[end - 1] ?? 0) + 1] ?? 0;
    pieces.push(bytes.subarray(offsets[positions[index] ?? 0], end === positions.length ? stop - 1 : stop));
    index = end;
  }
  return pieces;
}
