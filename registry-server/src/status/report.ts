import type { RegistryReport } from '@toolhive-registry/api';
import { kindOf } from '@toolhive-registry/catalog';
import type { EngineStatus } from '../sync/engine.ts';
import { sourceStatus, type Audience } from './document.ts';

/** A query for a page of the report. */
export interface ReportQuery {
  /** Maximum number of findings of the page. */
  readonly limit: number;
  /** How many findings to pass over. */
  readonly offset: number;
  /** Only this source. */
  readonly source?: string | undefined;
  /** Only what is about the entry of this name. */
  readonly entry?: string | undefined;
}

/** The document of `GET /registry/report`: every entry that is not served as its source has it, and notes about the others. */
export function reportDocument(status: EngineStatus, { limit, offset, source, entry }: ReportQuery, audience: Audience): RegistryReport {
  const { snapshot, configuration } = status;
  const { name, namespace } = configuration.manifest.registry.metadata;
  const page = snapshot?.findings({ limit, offset, source, entry, servedOnly: audience === 'public' }) ?? { findings: [] };
  const sources = status.sources.filter((state) => source === undefined || state.name === source);
  return {
    registry: { name, namespace },
    snapshotHash: snapshot?.header.hash ?? null,
    sources: sources.map((state) => {
      const { state: is, counts, reason, message, remedy } = sourceStatus(state, status, audience);
      return {
        name: state.name,
        state: is,
        ...(counts === undefined ? {} : { counts }),
        reason,
        message,
        remedy,
        wouldRemove: state.error?.wouldRemove,
      };
    }),
    findings: page.findings.map(({ served, ...finding }) => ({ ...finding, outcome: kindOf({ ...finding, served }) })),
    metadata: { count: page.findings.length, ...(page.next === undefined ? {} : { nextCursor: String(page.next) }) },
  };
}
