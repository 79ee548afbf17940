/** A change as the changelog has it. */
export interface Change {
  /** Heading that it stands under, in lower case: `added`, `changed`, `deprecated`, `removed`, `fixed` or `security`. */
  readonly kind: string;
  /** Markdown in one line. */
  readonly text: string;
}

/** Headings by Keep a Changelog, https://keepachangelog.com/en/1.1.0/. Artifact Hub's kinds of changes are the same words. */
const KINDS = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];

/** What a changelog says of a version, without the heading. Throws where it has no such version, or nothing to say of it. */
export function sectionOf(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((one) => one.startsWith(`## [${version}]`));
  if (section === undefined) throw new Error(`CHANGELOG.md has no "## [${version}]"; run node hack/version.ts ${version}`);
  const body = section.replace(/^.*\n/, '').trim();
  if (body === '') throw new Error(`CHANGELOG.md says nothing under "## [${version}]"; write what changes for users`);
  return body;
}

/**
 * The changelog with what is unreleased under the version and its date, `YYYY-MM-DD`, and an empty list of what comes next above it. Throws where nothing is
 * unreleased, or the version has been released.
 */
export function withRelease(changelog: string, version: string, date: string): string {
  if (changelog.includes(`\n## [${version}]`)) throw new Error(`CHANGELOG.md has "## [${version}]" already; a version is released once`);
  sectionOf(changelog, 'Unreleased');
  return changelog.replace(/^## \[Unreleased\].*$/m, `## [Unreleased]\n\n## [${version}] - ${date}`);
}

/** The changes in a section: what stands in lists under the headings of Keep a Changelog. Others, such as `Known limits`, have none. */
export function changesOf(section: string): Change[] {
  const parts = section.split(/^### /m).slice(1);
  return parts.flatMap((part) => {
    const [heading = '', ...lines] = part.split('\n');
    const kind = heading.trim().toLowerCase();
    if (!KINDS.includes(kind)) return [];
    return lines.flatMap((line) => (line.startsWith('- ') ? [{ kind, text: line.slice(2).trim() }] : []));
  });
}
