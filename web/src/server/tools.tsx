import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Folded } from '../ui/folded.tsx';
import { Plain } from '../ui/plain.tsx';
import type { Tool } from './tool.ts';

/** Tools that are shown at first. */
const FEW = 30;

/** The tools of a server. */
export function Tools({ tools }: { readonly tools: readonly Tool[] }): JSX.Element {
  const [all, setAll] = useState(false);
  return (
    <>
      <ul class="tools">
        {(all ? tools : tools.slice(0, FEW)).map(({ name, description }, index) => (
          <li key={index}>
            <code>
              <Plain text={name} most={200} />
            </code>
            {description !== '' && (
              <span class="soft">
                <Folded text={description} most={240} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {tools.length > FEW && (
        <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${tools.length} tools`}
        </button>
      )}
    </>
  );
}
