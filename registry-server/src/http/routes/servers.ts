import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import type { Deployed } from '../../deployed.ts';
import { snapshotEtag, viewReferences, type ReferenceIndex, type Snapshot } from '../catalog.ts';
import { JSON_TYPE, NO_CACHE, type Answer } from '../chain/answer.ts';
import { shorten } from '../input/shorten.ts';
import { createDerived } from '../views/derived.ts';
import { NOTHING_DEPLOYED, viewDeployed, type DeployedView } from '../views/deployed.ts';
import { viewNames, type NamesView } from '../views/names.ts';
import { viewOf, viewServers, type ServersView } from '../views/servers.ts';
import type { RegistryDeps } from './deps.ts';

/** Shared by the routes beyond the official API: the snapshot, and views derived from it. */
export interface ServerRoutesDeps extends Pick<RegistryDeps, 'engine' | 'lane'> {
  readonly names: (snapshot: Snapshot) => Promise<NamesView>;
  /** All summaries of servers. In a large catalog they take seconds and much memory. */
  readonly view: (snapshot: Snapshot) => Promise<ServersView>;
  /** The references of the entries. They take about as long. */
  readonly references: (snapshot: Snapshot) => Promise<ReferenceIndex>;
  /** What runs in the cluster, compared with the catalog. */
  readonly deployed: (snapshot: Snapshot) => Promise<DeployedView>;
  /** The same for lists, which mark what runs: of a large catalog they have no marks until that is known, and do not wait for it. */
  readonly marks: (snapshot: Snapshot) => DeployedView | Promise<DeployedView>;
}

/** Up to this many rows, the references take only milliseconds. */
const QUICK_ROWS = 5_000;

/** Makes the views once for all of them. */
export function withView({ engine, lane }: Pick<RegistryDeps, 'engine' | 'lane'>): ServerRoutesDeps {
  const names = createDerived(viewNames);
  const references = createDerived(viewReferences);
  let known: { readonly of: Snapshot; readonly by: Deployed; readonly view: DeployedView } | undefined;
  const deps: ServerRoutesDeps = {
    engine,
    lane,
    names,
    view: createDerived(async (snapshot, pause) => viewServers(snapshot, await names(snapshot), pause)),
    references,
    deployed: async (snapshot) => {
      const { deployed: by } = engine.status();
      if (by.servers.length === 0) return NOTHING_DEPLOYED;
      if (known?.of !== snapshot || known.by !== by)
        known = { of: snapshot, by, view: viewDeployed(by, snapshot, await references(snapshot)) };
      return known.view;
    },
    marks: (snapshot) => {
      const { deployed: by } = engine.status();
      if (by.servers.length === 0) return NOTHING_DEPLOYED;
      if (known?.of === snapshot && known.by === by) return known.view;
      const view = deps.deployed(snapshot);
      if (snapshot.rowCount <= QUICK_ROWS) return view;
      view.catch(() => undefined);
      return NOTHING_DEPLOYED;
    },
  };
  return deps;
}

/** The snapshot that is served. Throws HttpError while there is none. */
export function servedSnapshot(engine: RegistryDeps['engine']): Snapshot {
  const snapshot = engine.snapshot();
  if (snapshot !== undefined) return snapshot;
  throw new HttpError('notReady', 'the catalog has not been loaded yet; GET /registry/status says why', { 'Retry-After': '1' });
}

/** An answer that only changes with the snapshot and with `tag`, which identifies other data in it, such as what runs in the cluster. */
export function snapshotAnswer(snapshot: Snapshot, body: string | readonly Buffer[], others?: Pick<DeployedView, 'tag'>): Answer {
  const tag = snapshotEtag(snapshot);
  const etag = others === undefined || others.tag === '' ? tag : `${tag.slice(0, -1)}-${others.tag}"`;
  return { status: 200, contentType: JSON_TYPE, headers: NO_CACHE, etag, body };
}

/** JSON with one part that is already serialized in pieces. */
export function framed(before: string, pieces: readonly Buffer[], after: string): readonly Buffer[] {
  return [Buffer.from(before), ...pieces, Buffer.from(after)];
}

/** Looks up a name. Throws an HttpError that suggests what to request instead. */
export function rowNamed(names: NamesView, name: string): { readonly row: number; readonly shown: string } {
  const found = names.find(name);
  if ('row' in found) return found;
  const hint =
    found.several.length === 0 ? '' : `: several servers are called "${shorten(name)}"; use one of ${found.several.slice(0, 5).join(', ')}`;
  throw new HttpError('notFound', `Server not found${hint}`);
}

/** A server in ToolHive's format. */
export function toolhiveDetail(snapshot: Snapshot, { row, shown }: { readonly row: number; readonly shown: string }): string {
  return JSON.stringify(viewOf(snapshot, row, shown).detail);
}

/** Shape of a summary, for OpenAPI. */
export function summarySchema(): z.ZodType {
  return z.looseObject({
    name: z.string(),
    /** The name in the official API, which is unique, unlike a short one. */
    full_name: z.string(),
    title: z.string().optional(),
    description: z.string(),
    image: z.string().optional(),
    url: z.string().optional(),
    status: z.string(),
    tier: z.string().optional(),
    transport: z.string().optional(),
    tools: z.array(z.string()),
    tags: z.array(z.string()),
    /** It runs in the cluster, in any version. */
    deployed: z.literal(true).optional(),
  });
}
