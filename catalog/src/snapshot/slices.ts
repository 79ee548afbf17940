/**
 * Consecutive texts with a comma after each, as slices of their memory: concatenated they are joined by the commas between them. Neighbors are one slice, and
 * the last slice ends before its comma. `positions` are in order.
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
