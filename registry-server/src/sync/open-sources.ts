import type { Manifest } from '../config/load.ts';
import type { SyncPlan } from '../config/plan.ts';
import type { AddressPolicy } from '../outbound/addresses.ts';
import type { ProxySettings } from '../outbound/proxy.ts';
import type { Source, SourceTypes, Surroundings } from '../sources/contract.ts';
import { sourceSecrets } from '../sources/secrets.ts';
import { openSource } from '../sources/types.ts';
import type { Watch } from '../watch/watch.ts';

/** A source that can be asked. */
interface OpenSource {
  readonly source: Source;
  readonly location: string;
}

/** The sources of the plan. Each lives as long as its place stays the same: other changes of the manifest do not affect it. */
export interface OpenSources {
  /** Opens what is new in the plan and closes what is gone. */
  follow(plan: SyncPlan): void;
  get(name: string): OpenSource | undefined;
  /** Closes all, those that are being closed already included. */
  close(): Promise<void>;
}

/** What sources are made with. */
export interface OpenSourcesDeps {
  readonly types: SourceTypes;
  readonly sourcesPath: string;
  readonly secretsPath: string;
  readonly addresses: AddressPolicy;
  readonly proxies: ProxySettings;
  readonly temporaryPath: string;
  readonly env: Surroundings['env'];
  /** The manifest as it is now. */
  readonly manifest: () => Manifest;
  readonly watch: Watch;
  /** The files of a source have changed. */
  readonly onChange: (source: string) => void;
}

/** Creates the set, empty. */
export function createOpenSources(deps: OpenSourcesDeps): OpenSources {
  const { types, sourcesPath, secretsPath, addresses, proxies, temporaryPath, env, manifest, watch, onChange } = deps;
  const open = new Map<string, OpenSource & { readonly place: string; readonly close: () => Promise<void> }>();
  const closing = new Set<Promise<void>>();

  function openOne(planned: NonNullable<ReturnType<SyncPlan['sources']['get']>>): void {
    const { name } = planned.source;
    const surroundings: Surroundings = {
      directory: manifest().directory,
      sourcesPath,
      configMap: (configMap) => manifest().configMaps.get(configMap),
      addresses,
      proxies,
      temporaryPath,
      env,
      unread: () => manifest().unread,
      secrets: (source) =>
        sourceSecrets(source, {
          secretsPath,
          secret: (secret) => manifest().secrets.get(secret),
          configMap: (configMap) => manifest().configMaps.get(configMap),
          unread: () => manifest().unread,
        }),
    };
    const { source, location, mounts } = openSource(types, planned.source, surroundings);
    const watching = Promise.all(mounts.map((target) => watch.add(target, () => onChange(name))));
    open.set(name, {
      place: planned.place,
      location,
      // Read only once it is known what it was like before: then no change falls between the two.
      source: {
        fetch: async (request) => {
          await watching;
          return source.fetch(request);
        },
      },
      close: async () => {
        for (const end of await watching) end();
        await source.close?.();
      },
    });
  }

  function closeOne(name: string): void {
    const one = open.get(name);
    if (one === undefined) return;
    open.delete(name);
    // A failed close must not keep others from being closed.
    const closed = one
      .close()
      .catch(() => undefined)
      .then(() => void closing.delete(closed));
    closing.add(closed);
  }

  return {
    follow: (plan) => {
      for (const [name, { place }] of open) if (plan.sources.get(name)?.place !== place) closeOne(name);
      for (const [name, planned] of plan.sources) if (!open.has(name)) openOne(planned);
    },
    get: (name) => open.get(name),
    close: async () => {
      for (const name of open.keys()) closeOne(name);
      await Promise.all(closing);
    },
  };
}
