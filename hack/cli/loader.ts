import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';

/** The position of each part: its distance from the end of this file, and its length, in bytes. Set by single-file.ts. */
declare const PARTS: Readonly<Record<string, readonly [fromEnd: number, bytes: number]>>;
declare const MAIN_PART: string;

/** A `require` that loads parts from this file, and everything else as usual. */
function partsRequire(file: string): (id: string) => unknown {
  const others = createRequire(file);
  const loaded = new Map<string, { exports: unknown }>();
  const load = (id: string): unknown => {
    const name = id.replace(/^\.\//, '');
    const place = PARTS[name];
    if (place === undefined) return others(id);
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const run = compileFunction(textAt(file, ...place), ['exports', 'require', 'module', '__filename', '__dirname'], {
      filename: `${file}/${name}`,
    }) as (...given: unknown[]) => void;
    run(module.exports, load, module, file, dirname(file));
    return module.exports;
  };
  return load;
}

/** Reads a part: a JSON string in ASCII. */
function textAt(file: string, fromEnd: number, bytes: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    readSync(descriptor, buffer, 0, bytes, fstatSync(descriptor).size - fromEnd);
    return JSON.parse(buffer.toString('latin1')) as string;
  } finally {
    closeSync(descriptor);
  }
}

partsRequire(__filename)(MAIN_PART);
