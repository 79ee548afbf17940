import packageJson from '../package.json' with { type: 'json' };

/** What `/version` and `--version` say. */
export interface BuildInfo {
  readonly version: string;
  readonly commit: string;
  readonly node: string;
  readonly platform: string;
}

/** Set by hack/build.ts; run from the sources there is none. */
declare const BUILD_COMMIT: string | undefined;

/** The version of this program. */
export function buildInfo(): BuildInfo {
  return {
    version: packageJson.version,
    commit: typeof BUILD_COMMIT === 'string' ? BUILD_COMMIT : 'unknown',
    node: process.version,
    platform: `${process.platform}/${process.arch}`,
  };
}
