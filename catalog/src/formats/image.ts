import { asText, at, isObject, own, type JsonObject } from '../json.ts';

/** The first container image among the packages of a server.json. */
export function ociPackage(server: JsonObject): JsonObject | undefined {
  const packages = own(server, 'packages');
  return Array.isArray(packages) ? packages.filter(isObject).find((one) => own(one, 'registryType') === 'oci') : undefined;
}

/** The first one with stdio transport. */
export function stdioImage(server: JsonObject): JsonObject | undefined {
  const packages = own(server, 'packages');
  if (!Array.isArray(packages)) return undefined;
  const images = packages.filter(isObject).filter((one) => own(one, 'registryType') === 'oci');
  return images.find((one) => (at(one, 'transport', 'type') ?? 'stdio') === 'stdio');
}

/**
 * The reference of an image: until October 2025 server.json had registry and version in separate fields. Without them another version, or the image of another
 * registry, would run.
 */
export function imageOf(oci: JsonObject): string | undefined {
  const identifier = asText(own(oci, 'identifier'));
  if (identifier === undefined) return undefined;
  const [first = '', ...path] = identifier.split('/');
  const hasHost = path.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const base =
    asText(own(oci, 'registryBaseUrl'))
      ?.replace(/^https?:\/\//, '')
      .replace(/\/+$/, '') ?? '';
  const host = hasHost || base === '' || base === 'docker.io' ? '' : `${base}/`;
  const version = asText(own(oci, 'version'));
  const isPinned = identifier.includes('@') || (path.at(-1) ?? first).includes(':');
  if (isPinned || version === undefined || version === '') return `${host}${identifier}`;
  return `${host}${identifier}${version.startsWith('sha256:') ? '@' : ':'}${version}`;
}
