/** The forms of the API that are read. `toolhive` is that of ToolHive's servers before November 2025. */
export type Api = 'v0.1' | 'v0' | 'toolhive';

/** Where a registry's API is. */
export interface Endpoint {
  /** The forms that may be there, in the order in which they are tried. */
  readonly candidates: readonly [Api, ...Api[]];
  /** The URL of `servers`, `info` … of a form, with parameters added to those that the manifest's address has. */
  readonly url: (api: Api, path: string, parameters?: Readonly<Record<string, string>>) => string;
}

/**
 * Understands an address as users write it: the base of a registry, one of several registries of a server (`…/registry/NAME`), or the API itself,
 * with its version or down to its list.
 */
export function endpointOf(address: string): Endpoint {
  const { pathname } = new URL(address);
  const path = pathname.replace(/\/+$/, '').replace(/(\/v0(?:\.1)?)\/servers$/, '$1');
  const [, base = '', version] = /^(.*?)(?:\/(v0(?:\.1)?))?$/.exec(path) ?? [];
  return {
    candidates: version === 'v0.1' ? ['v0.1'] : version === 'v0' ? ['toolhive', 'v0'] : ['v0.1', 'toolhive', 'v0'],
    url: (api, name, parameters = {}) => {
      const url = new URL(address);
      url.pathname = `${base}/${api === 'toolhive' ? 'v0' : api}/${name}`;
      for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
      return url.href;
    },
  };
}
