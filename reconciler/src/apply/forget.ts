import type { InformerListener } from '../informer/events.ts';
import type { KubeObject } from '../objects.ts';
import type { Applier } from './applier.ts';

/** A source of object changes, such as an informer. */
export interface DeletionSource {
  onEvent(listener: InformerListener<KubeObject>): unknown;
}

/** Makes the applier forget objects when they are deleted: their UIDs never come back. */
export function forgetDeleted(sources: readonly DeletionSource[], applier: Pick<Applier, 'forget'>): void {
  for (const source of sources) {
    source.onEvent(({ type, object }) => {
      if (type === 'delete' && object.metadata.uid !== undefined) applier.forget(object.metadata.uid);
    });
  }
}
