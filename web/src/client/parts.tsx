import type { TargetChoice } from '@toolhive-registry/catalog/clients';
import type { JSX } from 'preact';
import { Plain, seen } from '../ui/plain.tsx';

/** Which package or remote is used, where there is a choice. */
export function Targets({
  targets,
  chosen,
  choose,
}: {
  readonly targets: readonly TargetChoice[];
  readonly chosen: string;
  readonly choose: (target: string) => void;
}): JSX.Element | null {
  if (targets.length < 2) return null;
  return (
    <label class="targets">
      Use{' '}
      <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {targets.map(({ id, about }) => (
          <option key={id} value={id}>
            {seen(about)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Warnings to read before use. */
export function Warnings({ all }: { readonly all: readonly string[] }): JSX.Element | null {
  if (all.length === 0) return null;
  return (
    <ul class="warnings">
      {all.map((warning, index) => (
        <li key={index}>
          <Plain text={warning} most={600} />
        </li>
      ))}
    </ul>
  );
}
