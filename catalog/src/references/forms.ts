/**
 * The forms in which references are compared, as patterns and words that two languages share: the TypeScript of this folder, and the CEL of the
 * admission policies, which Kubernetes evaluates with RE2. Patterns use nothing that only one of them has.
 */

/** What a reference leads to. */
export type ReferenceKind = 'images' | 'urls' | 'packages';

/** The kinds, in the order in which they are told. */
export const REFERENCE_KINDS: readonly ReferenceKind[] = ['images', 'urls', 'packages'];

/** The registry of an image that names none (distribution/reference, the rules of Docker and containerd). */
export const DEFAULT_HOST = 'docker.io';
/** Another name of it, which Docker takes for the same. */
export const LEGACY_HOST = 'index.docker.io';
/** Where its images of one word are. */
export const DEFAULT_FOLDER = 'library';
/** The tag of an image that has neither tag nor digest. */
export const DEFAULT_TAG = 'latest';
/** What the first part of an image's name has when it is a host and no folder (distribution/reference, splitDockerDomain). */
export const HOST_PATTERN = '[.:A-Z]|^localhost$';

/** A URL of a server: scheme, host, port, path, and the rest, which is not compared. No user, since clients treat one in different ways. */
export const URL_PATTERN = String.raw`^[hH][tT][tT][pP][sS]?://([A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[^?#\\\s]*)?([?#].*)?$`;

/** What npx may be asked for: a name in the npm registry, with a version or tag. Folders, archives, Git and aliases are something else. */
export const NPM_PATTERN = '^(@[A-Za-z0-9~-][A-Za-z0-9._~-]*/)?[A-Za-z0-9~][A-Za-z0-9._~-]*(@[A-Za-z0-9_^~][A-Za-z0-9._+^~-]*)?$';
/** What uvx may be asked for: a name in the Python index, with extras and a version. */
export const PYPI_PATTERN = String.raw`^[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9,._-]+\])?(==[A-Za-z0-9.+!*_-]+|@(latest|[0-9][A-Za-z0-9.+!_-]*))?$`;
/** What both take for an archive, by its name alone (npm-package-arg; uv, tool run). */
export const ARCHIVE_PATTERN = String.raw`\.([tT][gG][zZ]|[tT][aA][rR](\.[A-Za-z0-9]+)?|[zZ][iI][pP]|[wW][hH][lL])$`;
/** Options of both programs that may stand before the package: they change nothing about what is run. */
export const HARMLESS_OPTIONS = ['-y', '--yes', '-q', '--quiet'] as const;

/** In a path, what a client may take for another path. */
export const DOTS_PATTERN = String.raw`(^|/)(\.|%2[eE]){1,2}(/|$)`;
