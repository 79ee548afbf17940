import DOMPurify from 'dompurify';
import { Marked, type TokensList } from 'marked';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { beginning, Plain, seen } from '../ui/plain.tsx';
import { safeUrl } from '../ui/safe-url.ts';

/** Longest Markdown that is laid out, in characters: of a hostile text twice as long takes four times as long. */
const MAX_LENGTH = 50_000;
/** Level of the highest heading of a text: it stands in a section of the page, which has the one above. */
const TOP_HEADING = 3;

/** What Markdown makes. Pictures are not among it: they are elsewhere, and asking for them would tell somebody what is looked at. */
const ALLOWED = {
  ALLOWED_TAGS: 'a p br hr strong em del code pre blockquote ul ol li h3 h4 h5 h6 table thead tbody tr th td'.split(' '),
  ALLOWED_ATTR: ['href', 'title', 'align', 'start'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const parser = new Marked({
  gfm: true,
  renderer: {
    // HTML within Markdown counts as the text between its tags: parsing it would have the browser report each style and handler that its policy refuses.
    html: ({ text }) => escaped(text.replaceAll(/<[^>]*>?/g, ' ')),
  },
});

/** One for the page: each makes a policy of Trusted Types, and the page's own policy allows one of that name. */
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
  // A type that only the sanitizer makes (Trusted Types): the policy of the page refuses any other.
  return <div class="readme" dangerouslySetInnerHTML={{ __html: html as string }} />;
}

/** Undefined for what the parser cannot read, such as thousands of quotes in one another. */
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

/** Gives the highest heading the level below that of the section, and the others theirs below it: no level is left out for screen readers. */
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

/** Links lead to http and https only, and say nothing of where they were followed from. */
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
