import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLoaded } from '../api/load.ts';
import { getStatus, getVersions, type Item } from '../api/registry.ts';
import { Avatar } from '../catalog/server-row.tsx';
import { AddToClient } from '../client/add-to-client.tsx';
import { Link } from '../location/link.tsx';
import { WHOLE_CATALOG, type ServerPlace } from '../location/place.ts';
import { useRouter } from '../location/router.ts';
import { Badge } from '../ui/badge.tsx';
import { Folded } from '../ui/folded.tsx';
import { lazy } from '../ui/lazy.tsx';
import { Failed, Notice, Waiting } from '../ui/notice.tsx';
import { Outside } from '../ui/outside.tsx';
import { Plain } from '../ui/plain.tsx';
import { Facts, Section } from '../ui/section.tsx';
import { Time } from '../ui/time.tsx';
import { useTitle } from '../ui/title.ts';
import { entryOf, type Entry } from './entry.ts';
import { needsOf } from './needed.ts';
import { packagesOf, remotesOf } from './runnable.ts';
import { toolsOf } from './tool.ts';
import { NeedsOf } from './needs.tsx';
import { DeployedOf, Provenance } from './provenance.tsx';
import { Runnables } from './runnables.tsx';
import { Tools } from './tools.tsx';
import { Versions } from './versions.tsx';

const Readme = lazy('the README', async () => (await import('./readme.tsx')).Readme);

/** One server: what it is, whether to trust it, and how to add it to a client. */
export function Server({ place }: { readonly place: ServerPlace }): JSX.Element {
  const versions = useLoaded(`versions ${place.name}`, (signal) => getVersions(place.name, signal));
  const items = versions.value;
  const item =
    items?.find(({ server }) => server['version'] === place.version) ?? (place.version === undefined ? latestOf(items) : undefined);
  useTitle(item === undefined ? place.name : entryOf(item).title);
  return (
    <article class="server">
      <nav aria-label="Breadcrumb">
        <Link to={WHOLE_CATALOG}>Catalog</Link>
      </nav>
      {versions.error !== undefined &&
        (versions.error.status === 404 ? (
          <Notice title="There is no such server" heading>
            <p>
              The catalog has no server <Plain text={place.name} most={200} />. It may have been removed, or filters leave it out.
            </p>
          </Notice>
        ) : (
          <Failed error={versions.error} again={versions.again} heading />
        ))}
      {items === undefined && versions.error === undefined && <Waiting what="the server" />}
      {items !== undefined && item === undefined && (
        <Notice title="There is no such version" heading>
          <p>
            <Plain text={place.name} most={200} /> has no version <Plain text={place.version ?? ''} most={80} />.{' '}
            <Link to={{ ...place, version: undefined, compared: undefined }}>Show the latest one</Link>.
          </p>
        </Notice>
      )}
      {items !== undefined && item !== undefined && <Shown item={item} items={items} place={place} />}
    </article>
  );
}

function latestOf(items: readonly Item[] | undefined): Item | undefined {
  return items?.find((item) => entryOf(item).isLatest) ?? items?.[0];
}

function Shown({ item, items, place }: { readonly item: Item; readonly items: readonly Item[]; readonly place: ServerPlace }): JSX.Element {
  const { server } = item;
  const entry = entryOf(item);
  const { go } = useRouter();
  const status = useLoaded('status', getStatus);
  // A short name may mean another server tomorrow: the address, and so a bookmark, has the permanent one.
  useEffect(() => {
    if (place.name !== entry.name) go({ ...place, name: entry.name }, { replace: true });
  }, [place.name, entry.name]);
  const tools = toolsOf(server);
  const packages = packagesOf(server);
  const remotes = remotesOf(server);
  return (
    <>
      <Head entry={entry} />
      <div class="columns">
        <div class="main-column">
          <Section title="Add to client">
            <AddToClient
              key={entry.version}
              server={server}
              owner={status.value?.registry}
              client={place.client}
              choose={(client) => go({ ...place, client }, { replace: true })}
            />
          </Section>
          {entry.readme !== undefined && (
            <Section title="About">
              <Readme markdown={entry.readme} />
            </Section>
          )}
          {tools.length > 0 && (
            <Section title="Tools" count={tools.length}>
              <Tools tools={tools} />
            </Section>
          )}
          {packages.length > 0 && (
            <Section title="Packages" count={packages.length}>
              <Runnables all={packages} />
            </Section>
          )}
          {remotes.length > 0 && (
            <Section title="Remotes" count={remotes.length}>
              <Runnables all={remotes} />
            </Section>
          )}
          <Section title="Versions" count={items.length}>
            <Versions items={items} shown={entry.version} place={place} />
          </Section>
        </div>
        <aside class="side-column">
          <DeployedOf name={entry.name} />
          <Section title="Facts">
            <FactsOf entry={entry} />
          </Section>
          <Section title="Permissions">
            <NeedsOf needs={needsOf(server)} />
          </Section>
          <Provenance name={entry.name} version={entry.version} format={entry.format} />
        </aside>
      </div>
    </>
  );
}

function Head({ entry }: { readonly entry: Entry }): JSX.Element {
  return (
    <header class="server-head">
      <Avatar text={entry.title} />
      <div>
        <h1>
          <Plain text={entry.title} most={200} />
        </h1>
        <p class="soft">
          <code>
            <Plain text={entry.name} most={300} />
          </code>{' '}
          <Plain text={entry.version} most={80} />{' '}
          {entry.isLatest ? <Badge tone="accent">latest</Badge> : <Badge tone="warn">not the latest</Badge>}{' '}
          {entry.status !== 'active' && <Badge tone="bad">{entry.status}</Badge>} {entry.tier !== undefined && <Badge>{entry.tier}</Badge>}
        </p>
        {entry.statusMessage !== undefined && (
          <p>
            <Plain text={entry.statusMessage} most={500} />
          </p>
        )}
        <p class="description">
          <Folded text={entry.description} />
        </p>
      </div>
    </header>
  );
}

function FactsOf({ entry }: { readonly entry: Entry }): JSX.Element {
  return (
    <Facts
      facts={[
        ['Repository', entry.repository === undefined ? undefined : <Outside url={entry.repository} />],
        ['Folder', entry.subfolder === undefined ? undefined : <Plain text={entry.subfolder} />],
        ['Website', entry.website === undefined ? undefined : <Outside url={entry.website} />],
        ['License', entry.license === undefined ? undefined : <Plain text={entry.license} most={100} />],
        ['Tier', entry.tier === undefined ? undefined : stated(entry.tier)],
        ['Stars', entry.stars === undefined ? undefined : stated(entry.stars.toLocaleString('en'))],
        ['Published', entry.published === undefined ? undefined : <Time at={entry.published} />],
        ['Updated', entry.updated === undefined ? undefined : <Time at={entry.updated} />],
        [
          'Tags',
          entry.tags.length === 0 ? undefined : (
            <>
              {entry.tags
                .filter((tag) => !tag.includes(','))
                .slice(0, 40)
                .map((tag) => (
                  <Link key={tag} class="tag" to={{ ...WHOLE_CATALOG, filters: { ...WHOLE_CATALOG.filters, tag: [tag] } }}>
                    <Plain text={tag} most={40} />
                  </Link>
                ))}
            </>
          ),
        ],
      ]}
    />
  );
}

/** A fact that nobody has verified. */
function stated(fact: string): JSX.Element {
  return (
    <>
      <Plain text={fact} most={60} /> <span class="soft">(as the entry states it)</span>
    </>
  );
}
