import { enforcementModes, type EnforcementMode, serverKindName } from '@toolhive-registry/api';
import type { Servers } from '../servers/informers.ts';
import type { Judge } from './judge.ts';
import type { Violator } from './state.ts';

/** Most violators that a status names. */
const MAX_NAMED = 5;

/** The running servers of a namespace that would not be admitted now, once for each mode concerned. Servers that are being deleted are left out. */
export function violatorsIn(namespace: string, all: readonly Servers[], judge: Judge): Violator[] {
  return all
    .flatMap(({ kind, informer }) =>
      informer.store.list(namespace).flatMap((object) => {
        if (object.metadata.deletionTimestamp !== undefined) return [];
        return enforcementModes.flatMap((mode): Violator[] => {
          const verdict = judge.judge(mode, object, object.references);
          return verdict === undefined ? [] : [{ kind, object, mode, verdict }];
        });
      }),
    )
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ kind, object, mode }: Violator): string {
  return `${object.metadata.name} ${serverKindName(kind)} ${mode}`;
}

/** How many of them a registry in this mode would refuse, with the first ones by name. */
export function violatorsOf(
  registry: string,
  mode: EnforcementMode,
  violators: readonly Violator[],
): { readonly count: number; readonly first: readonly string[] } {
  const own = violators.filter(({ verdict, mode: by }) => by === mode && concerns(registry, verdict));
  return { count: own.length, first: own.slice(0, MAX_NAMED).map(shownViolator) };
}

/** Whether a registry is among those that would refuse. */
export function concerns(registry: string, { unknownRegistry, required }: Violator['verdict']): boolean {
  return unknownRegistry !== undefined || required.includes(registry);
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
  fields: 'a misspelled field:',
  nothing: 'it names no image, URL or package',
} as const;

/** What is wrong with a violator, in a few words. */
export function reasonOf({ unknownRegistry, refused }: Violator['verdict']): string {
  const [first] = refused;
  if (first === undefined) return `its label names MCPRegistry ${unknownRegistry ?? ''}, which does not exist`;
  const text = first.kind === 'nothing' ? WORDS.nothing : `${WORDS[first.kind]} ${first.text.slice(0, 200)}`;
  return refused.length > 1 ? `${text} and ${refused.length - 1} more` : text;
}
