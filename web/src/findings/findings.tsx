import type { RegistryReport } from '@toolhive-registry/api';
import type { JSX } from 'preact';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Plain } from '../ui/plain.tsx';

/** Something that was found about an entry. */
export type Finding = RegistryReport['findings'][number];

/** Outcomes of entries, in words. */
const OUTCOMES: Readonly<Record<string, readonly [word: string, tone: Tone]>> = {
  leftOut: ['left out', 'bad'],
  shadowed: ['shadowed', 'plain'],
  repaired: ['repaired', 'warn'],
  noted: ['noted', 'plain'],
};

/** What became of an entry. */
export function Outcome({ outcome }: { readonly outcome: string }): JSX.Element {
  const [word, tone] = OUTCOMES[outcome] ?? [outcome, 'plain'];
  return <Badge tone={tone}>{word}</Badge>;
}

/** What was found about one entry, one line each. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }): JSX.Element {
  return (
    <ul class="findings">
      {findings.map(({ outcome, rule, pointer, message, version }, index) => (
        <li key={index}>
          <Outcome outcome={outcome} />{' '}
          {pointer !== '' && (
            <code>
              <Plain text={pointer} most={200} />
            </code>
          )}{' '}
          <Plain text={message} most={600} />{' '}
          <span class="soft">
            <Plain text={[rule === outcome ? undefined : rule, version].filter((text) => text !== undefined).join(' · ')} most={200} />
          </span>
        </li>
      ))}
    </ul>
  );
}
