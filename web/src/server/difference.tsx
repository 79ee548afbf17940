import {
  itemDifferences,
  phraseOf,
  summaryOf,
  type CatalogItem,
  type Difference,
  type Statement,
} from '@toolhive-registry/catalog/compare';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Item } from '../api/registry.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Plain } from '../ui/plain.tsx';

/** Differences in detail that are shown. */
const MAX_DETAILS = 200;
/** Longest value of one. */
const MAX_VALUE = 1_000;

const TONES: Readonly<Record<Statement['attention'], Tone>> = { security: 'bad', behavior: 'warn', text: 'plain' };
const ATTENTION_TITLES: Readonly<Record<Statement['attention'], string>> = { security: 'security', behavior: 'behavior', text: 'text' };

/** The changes between two versions: as sentences, most important first, and field by field. */
export function DifferenceOf({ before, after }: { readonly before: Item; readonly after: Item }): JSX.Element {
  const found = useMemo(() => itemDifferences(before as CatalogItem, after as CatalogItem), [before, after]);
  const statements = useMemo(() => summaryOf(found), [found]);
  if (found.listed.length === 0) return <p>Nothing differs.</p>;
  return (
    <>
      <ul class="statements">
        {statements.map((statement, index) => (
          <li key={index}>
            <Badge tone={TONES[statement.attention]}>{ATTENTION_TITLES[statement.attention]}</Badge> <Phrase statement={statement} />
          </li>
        ))}
      </ul>
      <details>
        <summary>Field by field ({found.listed.length + found.unlisted})</summary>
        <ul class="differences">
          {found.listed.slice(0, MAX_DETAILS).map((difference) => (
            <Detail key={`${difference.kind} ${difference.pointer}`} difference={difference} />
          ))}
        </ul>
        {found.listed.length + found.unlisted > MAX_DETAILS && (
          <p class="soft">and {found.listed.length + found.unlisted - MAX_DETAILS} more</p>
        )}
      </details>
    </>
  );
}

function Phrase({ statement }: { readonly statement: Statement }): JSX.Element {
  return (
    <>
      {phraseOf(statement).map((part, index) =>
        'words' in part ? (
          part.words
        ) : (
          <code key={index}>
            <Plain text={part.value} />
          </code>
        ),
      )}
    </>
  );
}

function Detail({ difference: { kind, pointer, before, after } }: { readonly difference: Difference }): JSX.Element {
  return (
    <li>
      <code>
        <Plain text={pointer} most={300} />
      </code>{' '}
      <span class="soft">{kind}</span>
      {before !== undefined && (
        <del>
          <Plain text={textOf(before)} most={MAX_VALUE} />
        </del>
      )}
      {after !== undefined && (
        <ins>
          <Plain text={textOf(after)} most={MAX_VALUE} />
        </ins>
      )}
    </li>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1);
}
