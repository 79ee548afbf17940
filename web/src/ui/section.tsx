import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Plain } from './plain.tsx';

/** A part of a page, under a title. */
export function Section({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count?: number;
  readonly children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {count !== undefined && <span class="count">{count}</span>}
      </h2>
      {children}
    </section>
  );
}

/** Facts, each with its name. What is undefined is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ComponentChildren])[] }): JSX.Element | null {
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (known.length === 0) return null;
  return (
    <dl class="facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? <Plain text={value} /> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
