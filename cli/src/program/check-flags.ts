import type { FlagSpecs } from './flag.ts';
import { misuse } from './failure.ts';

/** Refuses flags that exclude each other, and those that have no effect without another one. `given` has the names of the flags that were set. */
export function checkFlags(specs: FlagSpecs, given: ReadonlySet<string>): void {
  for (const [name, { needs, excludes = [] }] of Object.entries(specs)) {
    if (!given.has(name)) continue;
    if (needs !== undefined && !given.has(needs)) throw misuse(`--${name} is for --${needs}`, `add --${needs}, or leave --${name} out`);
    const other = excludes.find((one) => given.has(one));
    if (other !== undefined) throw misuse(`--${name} and --${other} exclude each other`, 'leave one of them out');
  }
}
