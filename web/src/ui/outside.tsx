import type { JSX } from 'preact';
import { Plain } from './plain.tsx';
import { safeUrl } from './safe-url.ts';

/** A URL of the catalog: a link where it is http or https, else text. */
export function Outside({ url, text = url }: { readonly url: string; readonly text?: string }): JSX.Element {
  const safe = safeUrl(url);
  if (safe === undefined) return <Plain text={text} />;
  return (
    <a href={safe} rel="noopener noreferrer nofollow external" target="_blank">
      <Plain text={text} />
    </a>
  );
}
