import { serverKindName } from '@toolhive-registry/api';
import type { Servers } from '../servers/informers.ts';
import type { Judge } from './judge.ts';
import { MODES } from './names.ts';
import type { Violator } from './state.ts';

/** Most violators that a status names. */
const MAX_NAMED = 5;

/** The servers of a namespace that run and would not be let in now. One that goes is nobody's worry. */
export function violatorsIn(namespace: string, all: readonly Servers[], judge: Judge): Violator[] {
  return all
    .flatMap(({ kind, informer }) =>
      informer.store.list(namespace).flatMap((object): Violator[] => {
        if (object.metadata.deletionTimestamp !== undefined) return [];
        for (const mode of MODES) {
          const verdict = judge.judge(mode, object, object.references);
          if (verdict !== undefined) return [{ kind, object, mode, verdict }];
        }
        return [];
      }),
    )
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ kind, object }: Violator): string {
  return `${object.metadata.name} ${serverKindName(kind)}`;
}

/** How many of them a registry would refuse, and the first ones by name. */
export function violatorsOf(
  registry: string,
  violators: readonly Violator[],
): { readonly count: number; readonly first: readonly string[] } {
  const own = violators.filter(({ verdict }) => verdict.unknownRegistry !== undefined || verdict.required.includes(registry));
  return { count: own.length, first: own.slice(0, MAX_NAMED).map(shownViolator) };
}

/** `MCPServer weather (image ghcr.io/example/weather:1)`. */
export function shownViolator({ kind, object, verdict }: Violator): string {
  return `${kind.kind} ${object.metadata.name} (${reasonOf(verdict)})`;
}

const WORDS = {
  images: 'image',
  urls: 'URL',
  packages: 'package',
  commands: 'command',
  nothing: 'it names no image, URL or package',
} as const;

/** What is wrong with a violator, in a few words. */
export function reasonOf({ unknownRegistry, refused }: Violator['verdict']): string {
  const [first] = refused;
  if (first === undefined) return `its label names MCPRegistry ${unknownRegistry ?? ''}, which does not exist`;
  const text = first.kind === 'nothing' ? WORDS.nothing : `${WORDS[first.kind]} ${first.text.slice(0, 200)}`;
  return refused.length > 1 ? `${text} and ${refused.length - 1} more` : text;
}
