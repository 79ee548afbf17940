import type { DeploymentObject } from '../facts.ts';

/** Label of the chart with the version of what it installs. */
const VERSION_LABEL = 'app.kubernetes.io/version';

/** The version of a controller, by its labels or the tag of its image; undefined: neither says it. */
export function versionOf({ metadata, spec }: DeploymentObject): string | undefined {
  const tag = /:(\d+\.\d+\.\d+[^@/]*)(?:@|$)/.exec(spec.template.spec.containers[0]?.image ?? '')?.[1];
  // The image runs, and the label is what someone wrote.
  return tag ?? metadata.labels?.[VERSION_LABEL];
}
