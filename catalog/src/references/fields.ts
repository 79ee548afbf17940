/** The texts at these paths. */
export function textsAt(object: unknown, paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const [before = '', after] = path.split('[].');
    const value = fieldAt(object, before);
    const values = after === undefined ? [value] : Array.isArray(value) ? value.map((element: unknown) => fieldAt(element, after)) : [];
    return values.filter((one) => typeof one === 'string' && one !== '') as string[];
  });
}

/** The value at a path of fields; undefined if it ends early. */
export function fieldAt(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce(
      (value, field) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined,
      object,
    );
}
