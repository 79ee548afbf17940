/**
 * Reads a header that lists what is wanted with weights, such as `Accept` (RFC 9110, 12.4.2): each word in lower case, with its weight, which is 1 where
 * none is given and 0 where it cannot be read. Other parameters are passed over.
 */
export function weightsOf(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [word = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((text) => text.startsWith('q='));
    const value = weight === undefined ? 1 : Number(weight.slice(2));
    weights.set(word, Number.isNaN(value) ? 0 : value);
  }
  return weights;
}
