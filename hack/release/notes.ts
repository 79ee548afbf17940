import { sectionOf } from './changelog.ts';

/** What a release's page says: what changes, and how to get and verify it. `changelog` is CHANGELOG.md. */
export function releaseNotes(changelog: string, version: string, repository: string): string {
  const tagged = `${repository}/blob/v${version}`;
  // Links of the changelog are relative to it.
  const changes = sectionOf(changelog, version).replaceAll(/\]\((?![a-z]+:|#)([^)]+)\)/g, `](${tagged}/$1)`);
  return `${changes}

## Install

\`\`\`sh
helm install toolhive-registry oci://ghcr.io/toolhive-registry/charts/toolhive-registry --version ${version} --namespace toolhive-system --create-namespace --wait
\`\`\`

[Upgrading](${tagged}/docs/upgrading.md) says what happens to CRDs and registries. [Verify a release](${tagged}/docs/releasing.md#verify-a-release) has the commands for signatures, provenance and bills of materials.
`;
}
