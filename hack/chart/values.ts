import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';
import { chart } from './programs.ts';
import type { Values } from './render.ts';

/** The values files of the chart's ci/ folder: every option is set in one of them. */
export function valuesFiles(): { readonly name: string; readonly values: Values }[] {
  return globSync('ci/*-values.yaml', { cwd: chart })
    .sort()
    .map((file) => ({ name: basename(file), values: load(readFileSync(join(chart, file), 'utf8')) as Values }));
}
