import { expect, test } from '@jest/globals';
import type { InformerEvent, InformerListener } from '../informer/events.ts';
import type { KubeObject } from '../objects.ts';
import { forgetDeleted } from './forget.ts';

function object(uid?: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', ...(uid === undefined ? {} : { uid }) } };
}

test.each<[string, InformerEvent<KubeObject>, string[]]>([
  ['a deleted object is forgotten', { type: 'delete', object: object('1') }, ['1']],
  ['a new one is not', { type: 'add', object: object('1') }, []],
  ['a changed one is not', { type: 'update', object: object('1'), old: object('1') }, []],
  ['one without uid cannot be', { type: 'delete', object: object() }, []],
])('%s, whichever source reports it', (_, event, expected) => {
  for (const index of [0, 1]) {
    const listeners: InformerListener<KubeObject>[] = [];
    const forgotten: string[] = [];
    const source = { onEvent: (listener: InformerListener<KubeObject>) => listeners.push(listener) };
    forgetDeleted([source, source], { forget: (uid) => void forgotten.push(uid) });
    void listeners[index]?.(event);
    expect(forgotten).toEqual(expected);
  }
});
