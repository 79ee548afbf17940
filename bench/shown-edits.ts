import { CONFIG_MAPS, Informer, KubeClient, loadKubeConfig, type KubeObject } from '@toolhive-registry/reconciler';
import type { ApiServer } from '@toolhive-registry/testenv';
import type { Scope } from './scope.ts';

/** Watches the ConfigMaps of the registries, so that waiting for an edit does not load the API server. */
export interface ShownEdits {
  /** Resolves when the registry's ConfigMap shows this edit or a later one, with the time of `performance.now()`. */
  shows(registry: string, edit: number): Promise<number>;
}

interface Waiting {
  readonly edit: number;
  readonly resolve: (at: number) => void;
}

/** What edit number this is, as the registry's display name. */
export function editText(edit: number): string {
  return `edit ${edit}`;
}

/** Starts watching. `onChange` is called for each change of a registry's manifest. */
export async function followEdits(
  scope: Scope,
  api: ApiServer,
  onChange: (registry: string, manifest: string) => void,
): Promise<ShownEdits> {
  const client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: api.kubeconfigPath }), userAgent: 'bench' });
  const informer = new Informer<KubeObject & { readonly data?: Readonly<Record<string, string>> }>({ client, kind: CONFIG_MAPS });
  const latest = new Map<string, number>();
  const waiting = new Map<string, Waiting[]>();
  informer.onEvent(({ type, object: { metadata, data } }) => {
    const registry = metadata.name.replace(/-config$/u, '');
    const manifest = data?.['spec.yaml'];
    if (type === 'delete' || manifest === undefined) return;
    const [, number = '0'] = /^ *displayName: edit (\d+)$/mu.exec(manifest) ?? [];
    const edit = Number(number);
    latest.set(registry, edit);
    const all = waiting.get(registry) ?? [];
    const at = performance.now();
    for (const one of all) if (one.edit <= edit) one.resolve(at);
    waiting.set(
      registry,
      all.filter((one) => one.edit > edit),
    );
    if (type === 'update') onChange(registry, manifest);
  });
  const stop = new AbortController();
  const running = informer.run(AbortSignal.any([scope.signal, stop.signal]));
  scope.defer(async () => {
    stop.abort(new Error('the measurement is over'));
    await running;
    await client.close();
  });
  await informer.waitForSync(scope.signal);
  return {
    shows: (registry, edit) => {
      if ((latest.get(registry) ?? 0) >= edit) return Promise.resolve(performance.now());
      return new Promise((resolve) => {
        waiting.set(registry, [...(waiting.get(registry) ?? []), { edit, resolve }]);
      });
    },
  };
}
