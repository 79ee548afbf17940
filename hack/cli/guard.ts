/**
 * The first lines of the program: with a Node.js that is too old it says so, instead of failing with a syntax error. npm only warns of it
 * (`engines`), Krew and a single file check nothing. `then` is the rest of the program.
 */
export function guarded(minimum: number, then: string): string {
  return `#!/usr/bin/env node
'use strict';
if (Number(process.versions.node.split('.')[0]) < ${minimum}) {
  console.error('toolhive-registry needs Node.js ${minimum} or newer, and this is ' + process.version + '; install it, or put it first on the PATH');
  process.exitCode = 1;
} else {
${then.trim()}
}
`;
}

/** The major version of a range such as `>=24`. Throws where it has another form. */
export function minimumOf(range: string): number {
  const [, major] = /^>=(\d+)$/.exec(range) ?? [];
  if (major === undefined) throw new Error(`engines.node is "${range}"; write it as ">=24"`);
  return Number(major);
}
