import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { beginning, Plain } from './plain.tsx';

/** A possibly very long text: its beginning, and the rest on demand. */
export function Folded({ text, most = 600 }: { readonly text: string; readonly most?: number }): JSX.Element {
  const [open, setOpen] = useState(false);
  if (text.length <= most) return <Plain text={text} />;
  return (
    <>
      <Plain text={open ? beginning(text, MAX_SHOWN) : text} {...(open ? {} : { most })} />{' '}
      {open && text.length > MAX_SHOWN && <em>… and {(text.length - MAX_SHOWN).toLocaleString('en')} more characters </em>}
      <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Show less' : 'Show all'}
      </button>
    </>
  );
}

/** More than anyone reads; browsers cannot render a paragraph of megabytes in time. */
const MAX_SHOWN = 20_000;
