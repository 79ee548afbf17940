/** A package.json, as far as it is changed. */
export interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What only the workspace needs. */
const OWN_FIELDS: readonly string[] = ['scripts', 'devDependencies'];

/** The package.json of what is published: compiled modules with their types, and nothing that only the workspace needs. */
export function publishedManifest(manifest: Manifest): Manifest {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([field]) => !OWN_FIELDS.includes(field)));
  const exports = Object.entries(manifest.exports).map(([path, source]) => {
    const compiled = source.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, '');
    return [path, { types: `${compiled}.d.ts`, default: `${compiled}.js` }] as const;
  });
  return { ...kept, exports: Object.fromEntries(exports) } as unknown as Manifest;
}
