import { at, isObject, own, toolhiveExtensions, type Json, type JsonObject } from '@toolhive-registry/catalog/entry';
import { scalar, scalarsIn, textsIn } from './values.ts';

/** Permissions that a server needs, and the provenance of its image. */
export interface Needs {
  /** Its container is privileged. */
  readonly privileged: boolean;
  /** Undefined: the entry says nothing about the network, which is not the same as none. */
  readonly network: Network | undefined;
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Other permissions, as written. */
  readonly others: readonly (readonly [name: string, value: string])[];
  readonly provenance: readonly (readonly [name: string, value: string])[];
}

/** Where a server may connect to. */
export interface Network {
  /** To anywhere. */
  readonly all: boolean;
  readonly hosts: readonly string[];
  readonly ports: readonly string[];
}

/** Reads permissions and provenance of ToolHive's extension. */
export function needsOf(server: JsonObject): Needs {
  const [extension = {}] = toolhiveExtensions(server);
  const outbound = at(extension, 'permissions', 'network', 'outbound');
  const provenance = own(extension, 'provenance');
  const permissions = own(extension, 'permissions');
  const network = at(permissions, 'network');
  return {
    privileged: at(permissions, 'privileged') === true,
    others: [...othersIn(permissions, ['name', 'privileged', 'network', 'read', 'write']), ...othersIn(network, ['outbound'])],
    network: isObject(outbound)
      ? {
          all: own(outbound, 'insecure_allow_all') === true,
          hosts: textsIn(own(outbound, 'allow_host')),
          ports: scalarsIn(own(outbound, 'allow_port')),
        }
      : undefined,
    read: textsIn(at(extension, 'permissions', 'read')),
    write: textsIn(at(extension, 'permissions', 'write')),
    provenance: isObject(provenance)
      ? Object.entries(provenance).flatMap(([key, value]) => {
          const text = scalar(value);
          return text === undefined ? [] : [[key, text] as const];
        })
      : [],
  };
}

function othersIn(value: Json | undefined, known: readonly string[]): (readonly [string, string])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => (known.includes(key) ? [] : [[key, scalar(one) ?? JSON.stringify(one)] as const]));
}
