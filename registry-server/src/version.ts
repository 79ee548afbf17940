import packageJson from '../package.json' with { type: 'json' };

/** The content of `/version` and `--version`. */
export interface BuildInfo {
  readonly version: string;
  readonly commit: string;
  /** When the commit was made, in UTC: the time of the build would make each build another one. `unknown` without a commit. */
  readonly buildTime: string;
  readonly node: string;
  readonly platform: string;
}

/** Set by hack/build.ts; absent when run from the sources. */
declare const BUILD_COMMIT: string | undefined;
declare const BUILD_TIME: string | undefined;

/** The version of this program. */
export function buildInfo(): BuildInfo {
  return {
    version: packageJson.version,
    commit: typeof BUILD_COMMIT === 'string' ? BUILD_COMMIT : 'unknown',
    buildTime: typeof BUILD_TIME === 'string' ? BUILD_TIME : 'unknown',
    node: process.version,
    platform: `${process.platform}/${process.arch}`,
  };
}
