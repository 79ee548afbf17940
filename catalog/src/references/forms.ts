/**
 * The forms in which references are compared, as patterns and words for two languages: the TypeScript in this folder, and the CEL of the admission policies,
 * which Kubernetes evaluates with RE2. Patterns use only features of both.
 */

/** The kind of a reference. */
export type ReferenceKind = 'images' | 'urls' | 'packages';

/** The kinds, in the order in which they are listed. */
export const REFERENCE_KINDS: readonly ReferenceKind[] = ['images', 'urls', 'packages'];

/** The default registry of an image (distribution/reference, the rules of Docker and containerd). */
export const DEFAULT_HOST = 'docker.io';
/** An alias of it, which Docker treats as the same. */
export const LEGACY_HOST = 'index.docker.io';
/** The path of its official, single-word images. */
export const DEFAULT_FOLDER = 'library';
/** The tag of an image that has neither tag nor digest. */
export const DEFAULT_TAG = 'latest';
/** Characters by which the first part of an image's name is a host and not a path (distribution/reference, splitDockerDomain). */
export const HOST_PATTERN = '[.:A-Z]|^localhost$';

/** A URL of a server: scheme, host, port, path, and the rest, which is not compared. Without user, which clients treat differently. */
export const URL_PATTERN = String.raw`^[hH][tT][tT][pP][sS]?://([A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[^?#\\\s]*)?([?#].*)?$`;

/** Valid packages for npx: a name in the npm registry, with a version or tag. Directories, archives, Git and aliases are something else. */
export const NPM_PATTERN = '^(@[A-Za-z0-9~-][A-Za-z0-9._~-]*/)?[A-Za-z0-9~][A-Za-z0-9._~-]*(@[A-Za-z0-9_^~][A-Za-z0-9._+^~-]*)?$';
/** Valid packages for uvx: a name in the Python index, with extras and a version. */
export const PYPI_PATTERN = String.raw`^[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9,._-]+\])?(==[A-Za-z0-9.+!*_-]+|@(latest|[0-9][A-Za-z0-9.+!_-]*))?$`;
/** Names that both treat as an archive (npm-package-arg; uv, tool run). */
export const ARCHIVE_PATTERN = String.raw`\.([tT][gG][zZ]|[tT][aA][rR](\.[A-Za-z0-9]+)?|[zZ][iI][pP]|[wW][hH][lL])$`;
/** Options of both programs that may precede the package: they do not affect what is run. */
export const HARMLESS_OPTIONS = ['-y', '--yes', '-q', '--quiet'] as const;

/** Parts of a path that a client may resolve to another path. */
export const DOTS_PATTERN = String.raw`(^|/)(\.|%2[eE]){1,2}(/|$)`;
