import packageJson from '../package.json' with { type: 'json' };

/** Set by hack/build.ts; absent when run from the sources. */
declare const BUILD_COMMIT: string | undefined;

/** The version of this program. */
export const VERSION = packageJson.version;

/** The commit that it was built from. */
export function commit(): string {
  return typeof BUILD_COMMIT === 'string' ? BUILD_COMMIT : 'unknown';
}

/** The version line for people. */
export function versionLine(): string {
  return `Client: ${VERSION} (commit ${commit()}, Node ${process.version}, ${process.platform}/${process.arch})`;
}
