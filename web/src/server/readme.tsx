import DOMPurify from 'dompurify';
import { Marked, type TokensList } from 'marked';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { beginning, Plain, seen } from '../ui/plain.tsx';
import { safeUrl } from '../ui/safe-url.ts';

/** Longest Markdown that is rendered, in characters: the time for hostile text grows quadratically. */
const MAX_LENGTH = 50_000;
/** Level of the highest heading of a text: it is in a section of the page, which has the one above. */
const TOP_HEADING = 3;

/** Elements that Markdown generates. Images are not included: they are on other hosts, and loading them would reveal what is being viewed. */
const ALLOWED = {
  ALLOWED_TAGS: 'a p br hr strong em del code pre blockquote ul ol li h3 h4 h5 h6 table thead tbody tr th td'.split(' '),
  ALLOWED_ATTR: ['href', 'title', 'align', 'start'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const parser = new Marked({
  gfm: true,
  renderer: {
    // HTML within Markdown is reduced to its text: parsing it would make the browser report each style and handler that the policy refuses.
    html: ({ text }) => escaped(text.replaceAll(/<[^>]*>?/g, ' ')),
  },
});

/** A single instance: each creates a Trusted Types policy, and the policy of the page allows only one of that name. */
const purifier = DOMPurify();
purifier.addHook('afterSanitizeAttributes', outsideOnly);

/** Markdown of an entry as HTML without scripts, styles, pictures, forms and identifiers. */
export function Readme({ markdown }: { readonly markdown: string }): JSX.Element {
  const html = useMemo(() => cleanHtml(markdown), [markdown]);
  if (html === undefined) {
    return (
      <pre class="readme">
        <Plain text={markdown} most={MAX_LENGTH} />
      </pre>
    );
  }
  // A Trusted Types value that only the sanitizer creates: the policy of the page refuses anything else.
  return <div class="readme" dangerouslySetInnerHTML={{ __html: html as string }} />;
}

/** Undefined if the parser fails, such as for thousands of nested quotes. */
function cleanHtml(markdown: string): unknown {
  const text = markdown.length > MAX_LENGTH ? `${beginning(markdown, MAX_LENGTH)}\n\n…` : markdown;
  try {
    const tokens = parser.lexer(seen(text));
    lowerHeadings(tokens);
    const html = parser.parser(tokens);
    return 'trustedTypes' in globalThis
      ? purifier.sanitize(html, { ...ALLOWED, RETURN_TRUSTED_TYPE: true })
      : purifier.sanitize(html, ALLOWED);
  } catch {
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Shifts headings below the level of the section, without gaps, for screen readers. */
function lowerHeadings(tokens: TokensList): void {
  const headings: { depth: number }[] = [];
  void parser.walkTokens(tokens, (token) => {
    if (token.type === 'heading' && 'depth' in token) headings.push(token as { depth: number });
  });
  const top = headings.reduce((least, { depth }) => Math.min(least, depth), 6);
  let above = TOP_HEADING - 1;
  for (const heading of headings) {
    heading.depth = Math.min(6, heading.depth - top + TOP_HEADING, above + 1);
    above = heading.depth;
  }
}

/** Links lead only to http and https, and send no referrer. */
function outsideOnly(node: Element): void {
  if (node.tagName !== 'A') return;
  const url = safeUrl(node.getAttribute('href') ?? undefined);
  if (url === undefined) node.removeAttribute('href');
  else {
    node.setAttribute('href', url);
    node.setAttribute('target', '_blank');
    node.setAttribute('rel', 'noopener noreferrer nofollow external');
  }
}
