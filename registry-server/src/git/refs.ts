import { SourceError } from '../sources/source-error.ts';

/** A ref of a repository; absent: the default branch. */
export interface GitRef {
  readonly kind: 'branch' | 'tag' | 'commit';
  readonly name: string;
}

/** Full name of a commit: SHA-1 or SHA-256. */
const FULL_HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Whether it is the full hash of a commit, which never changes its meaning. */
export function isFullHash(name: string): boolean {
  return FULL_HASH.test(name);
}

/** As messages name it: `branch "main"`. */
export function describeRef(ref: GitRef | undefined): string {
  return ref === undefined ? 'the default branch' : `${ref.kind} "${ref.name}"`;
}

/** The name of the ref on the remote. Throws {@link SourceError} for names that Git would interpret differently. */
export function remoteName(ref: GitRef | undefined): string {
  if (ref === undefined) return 'HEAD';
  // git-check-ref-format(1); what begins with - could be read as an option, and what has a : as two names.
  const isBad = /^[-/.]|[\0-\x20\x7f~^:?*[\\]|\.\.|\/\/|@\{|\.lock(?:\/|$)|[/.]$|\/\./.test(ref.name) || ref.name === '';
  if (isBad) throw new SourceError('SourceNotFound', `${describeRef(ref)} is not a name that Git allows; correct git.${ref.kind}`);
  if (ref.kind === 'branch') return `refs/heads/${ref.name}`;
  if (ref.kind === 'tag') return `refs/tags/${ref.name}`;
  if (!/^[0-9a-f]{7,64}$/i.test(ref.name)) throw new SourceError('SourceNotFound', `${describeRef(ref)} is not a hash; correct git.commit`);
  return ref.name.toLowerCase();
}

/** The commit of a name in the output of `git ls-remote`; of an annotated tag the commit that it stands for. Undefined: there is none. */
export function commitIn(listing: string, name: string): string | undefined {
  const refs = new Map(
    listing.split('\n').flatMap((line) => {
      const [hash, ref] = line.split('\t');
      return hash !== undefined && ref !== undefined && isFullHash(hash) ? [[ref, hash]] : [];
    }),
  );
  return refs.get(`${name}^{}`) ?? refs.get(name);
}
