import { expect, test } from '@jest/globals';
import type { KubeObject } from './objects.ts';
import { Sharing } from './sharing.ts';

interface Shop extends KubeObject {
  readonly spec?: unknown;
}

function shop(name: string, spec?: unknown): Shop {
  const metadata = { name, namespace: 'n', uid: `uid-${name}`, resourceVersion: name, labels: { app: 'shop', shop: name } };
  // As it comes from the server, sharing nothing.
  return JSON.parse(JSON.stringify({ apiVersion: 'example.com/v1', kind: 'Shop', metadata, spec })) as Shop;
}

function partsOf({ spec }: Shop): Record<string, unknown> {
  return spec as Record<string, unknown>;
}

const spec = { template: { ports: [{ port: 80 }, { port: 443 }], open: true }, owner: { name: 'Ada' } };

test.each<[string, unknown]>([
  ['the same', spec],
  ['less', { template: { ports: [{ port: 80 }], open: true } }],
  ['more', { ...spec, more: { x: 1 } }],
  ['other values', { template: { ports: [{ port: 81 }, { port: 443 }], open: false }, owner: { name: 'Bob' } }],
  ['other shapes', { template: ['ports'], owner: 'Ada' }],
  ['its fields in another order', { owner: { name: 'Ada' }, template: { open: true, ports: [{ port: 80 }, { port: 443 }] } }],
  ['lists and maps of the same keys', { template: { ports: { 0: { port: 80 }, 1: { port: 443 } }, open: true } }],
  ['nulls', { template: null, owner: { name: null } }],
  ['empty parts', { template: {}, owner: [] }],
  ['names that every object has', JSON.parse('{"__proto__": {}, "constructor": {}, "toString": "x"}')],
  ['nothing', undefined],
])('an object with %s stays unchanged', (_, other) => {
  for (const former of [undefined, shop('one', spec)]) {
    const sharing = new Sharing<Shop>();
    sharing.object(shop('other', spec), undefined);
    sharing.object(shop('another', { template: 1 }), undefined);
    const object = shop('one', other);
    expect(sharing.object(object, former)).toBe(object);
    expect(JSON.stringify(object)).toBe(JSON.stringify(shop('one', other)));
  }
});

test('equal parts are shared, and others are not', () => {
  const sharing = new Sharing<Shop>();
  const one = sharing.object(shop('one', { ...spec, owner: { name: 'Ada' } }), undefined);
  const two = sharing.object(shop('two', { ...spec, owner: { name: 'Bob' } }), undefined);
  expect(partsOf(two)['template']).toBe(partsOf(one)['template']);
  expect(partsOf(two)['owner']).toEqual({ name: 'Bob' });
  expect(two.metadata).toEqual(shop('two').metadata);
});

test('an object keeps unchanged parts of its former state, and takes others from the latest object', () => {
  const sharing = new Sharing<Shop>();
  const former = sharing.object(shop('one', { owner: { name: 'Ada' }, template: {} }), undefined);
  const latest = sharing.object(shop('two', { owner: { name: 'Bob' }, template: { open: true } }), undefined);
  const now = sharing.object(shop('one', { owner: { name: 'Ada' }, template: { open: true } }), former);
  expect(partsOf(now)['owner']).toBe(partsOf(former)['owner']);
  expect(partsOf(now)['template']).toBe(partsOf(latest)['template']);
});

test.each([
  ['in turns', (index: number) => index % 2],
  ['in runs', (index: number) => Math.floor(index / 3) % 2],
  ['one after the other', (index: number) => Math.floor(index / 20)],
])('objects of two shapes that come %s are shared by shape', (_, makeOf) => {
  const sharing = new Sharing<Shop>();
  const makes = [
    { ...spec, of: 'api' },
    { ports: [{ port: 1 }], of: 'internal' },
  ];
  const objects = Array.from({ length: 40 }, (__, index) => sharing.object(shop(String(index), makes[makeOf(index)]), undefined));
  // At most one of each came before its shape was known.
  expect(new Set(objects.map((object) => object.spec)).size).toBe(2);
});
