import { createHash } from 'node:crypto';

/** Name of Krew's archive, as its manifest has it. */
export const KREW_ARCHIVE = 'kubectl-mcpregistry.tar.gz';
/** Name of the manifest, and of its template in packaging/krew: it has to be the plugin's. */
export const KREW_MANIFEST = 'mcpregistry.yaml';

/** Values for the placeholders of the manifest. */
export interface KrewRelease {
  /** Tag of the release, such as `v0.1.0`: Krew's version, too. */
  readonly tag: string;
  readonly archive: Buffer;
}

/** Fills in the template of Krew's manifest. Throws for an unknown placeholder. */
export function krewManifest(template: string, { tag, archive }: KrewRelease): string {
  const words: Readonly<Record<string, string>> = { '.TagName': tag, '.Sha256': createHash('sha256').update(archive).digest('hex') };
  return template.replaceAll(/\{\{ *([^{}]*?) *\}\}/g, (_, word: string) => {
    const value = words[word];
    if (value === undefined)
      throw new Error(`the template of Krew's manifest has {{ ${word} }}; use one of ${Object.keys(words).join(', ')}`);
    return value;
  });
}
