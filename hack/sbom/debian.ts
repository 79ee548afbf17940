import type { Component } from './cyclonedx.ts';

/** What /etc/os-release says of a distribution (os-release(5)), as far as it is needed. */
export interface Distribution {
  /** Such as `debian`. */
  readonly id: string;
  /** Such as `12`. */
  readonly version: string;
}

/** The distribution that an os-release names. Throws where it names none. */
export function distributionOf(osRelease: string): Distribution {
  const field = (name: string): string | undefined => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(osRelease)?.[1];
  const [id, version] = [field('ID'), field('VERSION_ID')];
  if (id === undefined || version === undefined)
    throw new Error('the image has no /etc/os-release with ID and VERSION_ID; start it from Debian');
  return { id, version };
}

/**
 * The packages that dpkg has installed, by its database (`/var/lib/dpkg/status`, or the files below `status.d` of an image without dpkg): paragraphs of
 * fields, by deb-control(5). Package URLs are those of the purl type `deb`; `upstream` is the source package, by which advisories are written.
 */
export function debianComponents(status: string, { id, version: release }: Distribution): Component[] {
  return status.split(/\n\s*\n/).flatMap((paragraph): Component[] => {
    const fields = new Map([...paragraph.matchAll(/^([A-Za-z-]+): (.*)$/gm)].map(([, name = '', value = '']) => [name, value.trim()]));
    const [name, version] = [fields.get('Package'), fields.get('Version')];
    const state = fields.get('Status') ?? 'install ok installed';
    if (name === undefined || version === undefined || !state.endsWith(' installed')) return [];
    const [, source = name, sourceVersion] = /^(\S+)(?: \(([^)]+)\))?$/.exec(fields.get('Source') ?? name) ?? [];
    const qualifiers = {
      arch: fields.get('Architecture') ?? 'all',
      distro: `${id}-${release}`,
      ...(source === name && sourceVersion === undefined
        ? {}
        : { upstream: sourceVersion === undefined ? source : `${source}@${sourceVersion}` }),
    };
    const purl = `pkg:deb/${id}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?${Object.entries(qualifiers)
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
      .join('&')}`;
    return [{ type: 'library', 'bom-ref': purl, name, version, purl }];
  });
}
