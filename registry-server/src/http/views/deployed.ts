import type { AnsweredServer, DeployedServer } from '@toolhive-registry/api';
import type { Deployed } from '../../deployed.ts';
import { statusOfRow, type ReferenceIndex, type Snapshot } from '../catalog.ts';

/** What runs in the cluster, compared with the catalog. */
export interface DeployedView {
  /** Every running server, with its relation to the catalog. */
  readonly servers: readonly AnsweredServer[];
  /** Rows of the latest versions of the servers that run, in any version. */
  readonly rows: ReadonlySet<number>;
  /** Changes with any of this; empty: nothing runs. */
  readonly tag: string;
}

/** Nothing runs. */
export const NOTHING_DEPLOYED: DeployedView = { servers: [], rows: new Set(), tag: '' };

/** Computes the view. */
export function viewDeployed({ servers, hash = '' }: Deployed, snapshot: Snapshot, references: ReferenceIndex): DeployedView {
  if (servers.length === 0) return NOTHING_DEPLOYED;
  const rows = new Set<number>();
  const answered = servers.map((server) => {
    const row = rowOf(server, snapshot, references);
    if (row === undefined) return { ...server, catalog: { relation: 'notInCatalog' as const } };
    const { name, version, deleted } = snapshot.keyAt(row);
    const latest = snapshot.latestRowOf(name);
    if (latest !== undefined) rows.add(latest);
    const latestVersion = latest === undefined ? undefined : snapshot.keyAt(latest).version;
    const relation = deleted
      ? 'deleted'
      : statusOfRow(snapshot, row) === 'deprecated'
        ? 'deprecated'
        : latestVersion === version
          ? 'current'
          : 'outdated';
    return {
      ...server,
      catalog: { relation, server: name, version, ...(latestVersion === undefined ? {} : { latest_version: latestVersion }) },
    } satisfies AnsweredServer;
  });
  return { servers: answered, rows, tag: hash.slice(0, 16) };
}

/** The entry of a running server: of several with its image, the one that its label names, else the latest that is not deleted. */
function rowOf(server: DeployedServer, snapshot: Snapshot, references: ReferenceIndex): number | undefined {
  const { image, url, package: named, server_name: label } = server;
  const found = [
    ...(image === undefined ? [] : references.rowsOf('images', image)),
    ...(url === undefined ? [] : references.rowsOf('urls', url)),
    ...(named === undefined ? [] : references.rowsOf('packages', named)),
  ];
  const labelled = label === undefined ? [] : found.filter((row) => isNamed(snapshot.keyAt(row).name, label));
  const candidates = labelled.length > 0 ? labelled : found;
  return (
    candidates.find((row) => snapshot.keyAt(row).latest) ?? candidates.findLast((row) => !snapshot.keyAt(row).deleted) ?? candidates[0]
  );
}

/** Labels cannot hold a slash: one that names an entry has the last part of its name, or all of it with dots. */
function isNamed(name: string, label: string): boolean {
  return name === label || name.slice(name.lastIndexOf('/') + 1) === label || name.replaceAll('/', '.') === label;
}
