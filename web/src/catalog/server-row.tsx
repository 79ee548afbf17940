import type { JSX } from 'preact';
import type { Match, Summary } from '../api/registry.ts';
import { Link } from '../location/link.tsx';
import { serverPlace } from '../location/place.ts';
import { Badge } from '../ui/badge.tsx';
import { beginning, Plain, seen } from '../ui/plain.tsx';
import { Highlighted } from './highlight.tsx';

/** Tags that a row shows. */
const MAX_TAGS = 5;
/** Longest description of a row, in characters: some catalogs have essays. */
const MAX_DESCRIPTION = 280;

/** Why a server matches, if the row does not show the field. */
const REASONS: Partial<Record<Match['field'], string>> = {
  tag: 'tag',
  tool: 'tool',
  tool_description: 'what a tool does',
  package: 'package',
};

/** A server of a list. */
export function ServerRow({ server }: { readonly server: Summary }): JSX.Element {
  const { name, full_name: fullName, title, description, matched = [] } = server;
  return (
    <li class="row">
      <Link to={serverPlace(fullName)} class="row-link">
        <Avatar text={title ?? shortName(name)} />
        <span class="row-text">
          <span class="row-title">
            {title === undefined || title === '' ? (
              <Highlighted text={shortName(name)} field="name" matched={matched} />
            ) : (
              <Highlighted text={title} field="title" matched={matched} />
            )}
          </span>
          <span class="row-name">
            <Highlighted text={fullName} field="name" matched={matched} />
          </span>
          <span class="row-description">
            <Highlighted text={beginning(description, MAX_DESCRIPTION)} field="description" matched={matched} />
            {description.length > MAX_DESCRIPTION ? '…' : ''}
          </span>
          <Reasons matched={matched} />
        </span>
        <Badges server={server} />
      </Link>
    </li>
  );
}

function Badges({ server: { status, tier, transport, tags, tools, deployed } }: { readonly server: Summary }): JSX.Element {
  return (
    <span class="row-badges">
      {deployed === true && <Badge tone="good">Deployed</Badge>}
      {status.toLowerCase() !== 'active' && <Badge tone="warn">{status}</Badge>}
      {tier !== undefined && tier !== '' && <Badge tone={tier === 'Official' ? 'accent' : 'plain'}>{tier}</Badge>}
      {transport !== undefined && <Badge>{transport}</Badge>}
      {tools.length > 0 && <Badge>{tools.length === 1 ? '1 tool' : `${tools.length} tools`}</Badge>}
      {tags.slice(0, MAX_TAGS).map((tag) => (
        <span key={tag} class="tag">
          <Plain text={tag} most={40} />
        </span>
      ))}
    </span>
  );
}

function Reasons({ matched }: { readonly matched: readonly Match[] }): JSX.Element | null {
  const reasons = matched.flatMap(({ field, words }) => {
    const reason = REASONS[field];
    return reason === undefined ? [] : [{ reason, words }];
  });
  if (reasons.length === 0) return null;
  return (
    <span class="row-reasons">
      Found in{' '}
      {reasons.map(({ reason, words }, index) => (
        <>
          {index > 0 && ', '}
          {reason}: <mark>{seen(words.join(', '))}</mark>
        </>
      ))}
    </span>
  );
}

/** The first letter. Icons of entries are on other hosts, and loading them would reveal what is being viewed. */
export function Avatar({ text }: { readonly text: string }): JSX.Element {
  const letter = Array.from(text.replace(/[^\p{L}\p{N}]/gu, ''))[0] ?? '?';
  return (
    <span class={`avatar hue-${(letter.codePointAt(0) ?? 0) % 6}`} aria-hidden="true">
      {letter.toUpperCase()}
    </span>
  );
}

/** The last part of a name. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
