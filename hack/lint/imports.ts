import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The packages, and which of ours each may import (docs/architecture.md). Everything else, such as e2e/ and hack/, is free. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  api: [],
  catalog: [],
  reconciler: [],
  // Of the page only what builds it, and that only from the sources: see ON_DEMAND.
  'registry-server': ['api', 'catalog', 'web/build'],
  // Of the catalog only how references are compared, which brings nothing else with it.
  controller: ['api', 'reconciler', 'catalog/references'],
  // Of the reconciler only the client of the API server; of registry-server only its serve entry and how it reads proxies: its package.json exports nothing else.
  cli: ['api', 'catalog', 'reconciler/client', 'registry-server'],
  // Only what runs in a browser: its build fails for anything else.
  web: ['api', 'catalog'],
  'e2e/testenv': [],
};

/** Packages that may only be imported as types or by `import()`: they are not in the bundles, or must be loaded on demand. */
const ON_DEMAND: ReadonlySet<string> = new Set(['web/build']);

const SCOPE = '@toolhive-registry/';
const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;
/** How such a match begins where nothing is loaded with the module. */
const AS_TYPE = /\b(?:import|export)\s+type\b[^;]*$/;
const AS_CALL = /^import\s*\(/;
/** Tests and what they share may import any package by its name, such as the API server for tests. */
const FOR_TESTS = /\.test\.tsx?$|\/testing\.tsx?$|\/(?:testing|faults)\//;

/** Imports below a folder that leave their package by a relative path or go against the directions, one sentence for each. */
export function checkImports(root: string): string[] {
  return Object.keys(MAY_IMPORT).flatMap((name) =>
    globSync(`${name}/{src,build}/**/*.{ts,tsx}`, { cwd: root })
      .sort()
      .flatMap((file) => checkFile(root, name, file.split(sep).join('/'))),
  );
}

function checkFile(root: string, name: string, file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(SPECIFIER)].flatMap((match) => {
    const onDemand = AS_CALL.test(match[0]) || AS_TYPE.test(source.slice(0, match.index));
    const problem = problemOf(root, name, file, { specifier: match[2] ?? '', onDemand });
    const line = source.slice(0, match.index).split('\n').length;
    return problem === undefined ? [] : [`${file}:${line}: ${problem}`];
  });
}

/** An import: its specifier, and whether it loads nothing by itself. */
interface Import {
  readonly specifier: string;
  readonly onDemand: boolean;
}

function problemOf(root: string, name: string, file: string, { specifier, onDemand }: Import): string | undefined {
  if (/^(\.|\/|file:)/.test(specifier)) {
    const target = relative(join(root, name), resolve(root, dirname(file), specifier.replace(/^file:\/\//, '')));
    return target.startsWith('..') ? `"${specifier}" leaves the package; import another package by its name` : undefined;
  }
  if (!specifier.startsWith(SCOPE) || FOR_TESTS.test(file)) return undefined;
  if (specifier.endsWith('/testing')) return `"${specifier}" is for tests only`;
  const allowed = MAY_IMPORT[name] ?? [];
  const entry = specifier.slice(SCOPE.length);
  if (ON_DEMAND.has(entry) && !onDemand) return `"${specifier}" is loaded when it is needed: use import(), or import type`;
  if (allowed.includes(entry) || allowed.includes(entry.split('/', 1)[0] ?? '')) return undefined;
  return `"${specifier}" violates the import directions: ${name} imports ${allowed.join(', ') || 'nothing'} of ours (docs/architecture.md)`;
}
