import type { JSX } from 'preact';
import { useLoaded } from '../api/load.ts';
import { getGroup, getGroups } from '../api/registry.ts';
import { Avatar, ServerRow } from '../catalog/server-row.tsx';
import { Link } from '../location/link.tsx';
import type { GroupsPlace } from '../location/place.ts';
import { Badge } from '../ui/badge.tsx';
import { Failed, Notice, Waiting } from '../ui/notice.tsx';
import { Plain } from '../ui/plain.tsx';
import { useTitle } from '../ui/title.ts';

/** Groups of servers. */
export function Groups({ place }: { readonly place: GroupsPlace }): JSX.Element {
  useTitle(place.group ?? 'Groups');
  return place.group === undefined ? <GroupList /> : <OneGroup name={place.group} />;
}

function GroupList(): JSX.Element {
  const { value, error, again } = useLoaded('groups', getGroups);
  return (
    <div class="catalog">
      <h1>Groups</h1>
      {error !== undefined && <Failed error={error} again={again} />}
      {value === undefined && error === undefined && <Waiting what="groups" />}
      {value?.length === 0 && <Notice title="The catalog has no groups" />}
      <ul class="rows">
        {value?.map(({ name, description, servers_count: count }) => (
          <li key={name} class="row">
            <Link to={{ view: 'groups', group: name }} class="row-link">
              <Avatar text={name} />
              <span class="row-text">
                <span class="row-title">
                  <Plain text={name} most={120} />
                </span>
                <span class="row-description">
                  <Plain text={description ?? ''} most={280} />
                </span>
              </span>
              <span class="row-badges">
                <Badge>{count === 1 ? '1 server' : `${count} servers`}</Badge>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function OneGroup({ name }: { readonly name: string }): JSX.Element {
  const { value, error, again } = useLoaded(`group ${name}`, (signal) => getGroup(name, signal));
  return (
    <article class="server">
      <nav aria-label="Breadcrumb">
        <Link to={{ view: 'groups', group: undefined }}>Groups</Link>
      </nav>
      {error !== undefined &&
        (error.status === 404 ? <Notice title="There is no such group" heading /> : <Failed error={error} again={again} />)}
      {value === undefined && error === undefined && <Waiting what="the group" />}
      {value !== undefined && (
        <>
          <h1>
            <Plain text={value.name} most={120} />
          </h1>
          <p>
            <Plain text={value.description ?? ''} most={1000} />
          </p>
          <ul class="rows">
            {value.servers.map((server) => (
              <ServerRow key={server.full_name} server={server} />
            ))}
          </ul>
        </>
      )}
    </article>
  );
}
