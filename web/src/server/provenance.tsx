import type { JSX } from 'preact';
import { useLoaded } from '../api/load.ts';
import { getDeployed, getOrigin, getReport } from '../api/registry.ts';
import { FindingList } from '../findings/findings.tsx';
import { Hash } from '../ui/hash.tsx';
import { Badge } from '../ui/badge.tsx';
import { Plain } from '../ui/plain.tsx';
import { Facts, Section } from '../ui/section.tsx';

/** Formats, as people know them. */
const FORMATS: Readonly<Record<string, string>> = {
  toolhive: "ToolHive's registry.json",
  docker: "Docker's catalog",
  'version-detail': 'the official format of 2025, with version_detail',
  'client-configuration': "a client's configuration",
};

/** Where an entry comes from, and how it was changed. */
export function Provenance({
  name,
  version,
  format,
}: {
  readonly name: string;
  readonly version: string;
  readonly format: string | undefined;
}): JSX.Element {
  const origin = useLoaded(`origin ${name} ${version}`, (signal) => getOrigin(name, version, signal));
  const report = useLoaded(`report ${name}`, (signal) => getReport({ entry: name }, signal));
  const findings = report.value?.findings ?? [];
  const source = origin.value?.source;
  return (
    <Section title="Where it comes from">
      <Facts
        facts={[
          [
            'Source',
            source === undefined ? undefined : <Plain text={source.type === undefined ? source.name : `${source.name} (${source.type})`} />,
          ],
          ['File', origin.value?.file === undefined ? undefined : <Plain text={origin.value.file} most={300} />],
          ['Commit', source?.revision === undefined ? undefined : <Hash of={source.revision} />],
          ['Read from', format === undefined ? undefined : (FORMATS[format] ?? <Plain text={format} />)],
          [
            'Also in',
            origin.value?.alsoIn === undefined || origin.value.alsoIn.length === 0 ? undefined : (
              <>
                <Plain text={origin.value.alsoIn.map(({ source }) => source).join(', ')} most={300} />
                <span class="soft">: later sources; the first source that has a name provides it</span>
              </>
            ),
          ],
        ]}
      />
      {findings.length > 0 && <FindingList findings={findings} />}
      {report.value !== undefined && findings.length === 0 && (
        <p class="soft">It is served as its source has it: nothing was repaired, left out or noted.</p>
      )}
    </Section>
  );
}

/** Where a server runs in the cluster. Empty if it does not run. */
export function DeployedOf({ name }: { readonly name: string }): JSX.Element | null {
  const { value } = useLoaded(`deployed ${name}`, (signal) => getDeployed(name, signal));
  if (value === undefined || value.length === 0) return null;
  return (
    <Section title="Deployed" count={value.length}>
      <ul class="deployed">
        {value.map((one) => (
          <li key={`${one.kind} ${one.namespace}/${one.name}`}>
            <code>
              <Plain text={`${one.namespace}/${one.name}`} />
            </code>{' '}
            <Badge tone={one.ready ? 'good' : 'warn'}>{one.status}</Badge>{' '}
            <span class="soft">
              {one.kind}
              {one.catalog.version !== undefined && <> · version {one.catalog.version}</>}
            </span>{' '}
            {one.catalog.relation !== 'current' && <Badge tone="warn">{RELATIONS[one.catalog.relation] ?? one.catalog.relation}</Badge>}
            {one.endpoint_url !== undefined && (
              <div class="soft">
                <Plain text={one.endpoint_url} most={300} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const RELATIONS: Readonly<Record<string, string>> = { outdated: 'an earlier version', notInCatalog: 'not in the catalog' };
