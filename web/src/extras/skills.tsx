import { asText, at, isObject, own, type JsonObject } from '@toolhive-registry/catalog/entry';
import type { JSX } from 'preact';
import { useLoaded } from '../api/load.ts';
import { getSkill, getSkills } from '../api/registry.ts';
import { SearchBox } from '../catalog/search-box.tsx';
import { Avatar } from '../catalog/server-row.tsx';
import { useKept } from '../list/kept.ts';
import { More } from '../list/more.tsx';
import { usePages } from '../list/pages.ts';
import { Link } from '../location/link.tsx';
import type { SkillsPlace } from '../location/place.ts';
import { useRouter } from '../location/router.ts';
import { Copyable } from '../ui/copy.tsx';
import { Failed, Notice, Waiting } from '../ui/notice.tsx';
import { Outside } from '../ui/outside.tsx';
import { Plain } from '../ui/plain.tsx';
import { Facts, Section } from '../ui/section.tsx';
import { Folded } from '../ui/folded.tsx';
import { useTitle } from '../ui/title.ts';

/** Skills for agents, in addition to servers. */
export function Skills({ place }: { readonly place: SkillsPlace }): JSX.Element {
  useTitle(place.skill === undefined ? 'Skills' : place.skill.slice(place.skill.indexOf('/') + 1));
  return place.skill === undefined ? <SkillList place={place} /> : <OneSkill path={place.skill} />;
}

function SkillList({ place }: { readonly place: SkillsPlace }): JSX.Element {
  const { go } = useRouter();
  const list = usePages(`skills ${place.q}`, useKept(), async (cursor, signal) => {
    const { skills, metadata } = await getSkills(place.q, cursor, signal);
    return { items: skills, ...(metadata.nextCursor === undefined ? {} : { next: metadata.nextCursor }) };
  });
  return (
    <div class="catalog">
      <h1 class="unseen">Skills</h1>
      <SearchBox q={place.q} label="Search skills" change={(q) => go({ ...place, q }, { replace: place.q !== '', stay: true })} />
      {list.items === undefined && list.error === undefined && <Waiting what="skills" />}
      {list.items?.length === 0 && !list.loading && (
        <Notice title={place.q.trim() === '' ? 'The catalog has no skills' : 'No skill was found'} />
      )}
      <ul class="rows" aria-busy={list.loading}>
        {list.items?.map((skill) => (
          <li key={pathOf(skill)} class="row">
            <Link to={{ view: 'skills', q: '', skill: pathOf(skill) }} class="row-link">
              <Avatar text={titleOf(skill)} />
              <span class="row-text">
                <span class="row-title">
                  <Plain text={titleOf(skill)} most={120} />
                </span>
                <span class="row-name">
                  <Plain text={pathOf(skill)} most={200} />
                </span>
                <span class="row-description">
                  <Plain text={asText(own(skill, 'description')) ?? ''} most={280} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {list.error !== undefined && <Failed error={list.error} again={list.again} />}
      {list.hasMore && list.error === undefined && <More loading={list.loading} more={list.more} text="Show more skills" />}
    </div>
  );
}

function OneSkill({ path }: { readonly path: string }): JSX.Element {
  const { value: skill, error, again } = useLoaded(`skill ${path}`, (signal) => getSkill(path, signal));
  return (
    <article class="server">
      <nav aria-label="Breadcrumb">
        <Link to={{ view: 'skills', q: '', skill: undefined }}>Skills</Link>
      </nav>
      {error !== undefined &&
        (error.status === 404 ? <Notice title="There is no such skill" heading /> : <Failed error={error} again={again} />)}
      {skill === undefined && error === undefined && <Waiting what="the skill" />}
      {skill !== undefined && (
        <>
          <header class="server-head">
            <Avatar text={titleOf(skill)} />
            <div>
              <h1>
                <Plain text={titleOf(skill)} most={200} />
              </h1>
              <p class="soft">
                <code>
                  <Plain text={path} most={300} />
                </code>{' '}
                <Plain text={asText(own(skill, 'version')) ?? ''} most={80} />
              </p>
              <p class="description">
                <Folded text={asText(own(skill, 'description')) ?? ''} />
              </p>
            </div>
          </header>
          <Section title="Facts">
            <Facts
              facts={[
                ['Status', asText(own(skill, 'status'))],
                ['License', asText(own(skill, 'license'))],
                ['Repository', repositoryOf(skill)],
              ]}
            />
          </Section>
          <Section title="Packages">
            {packagesOf(skill).map((text) => (
              <Copyable key={text} text={text} label="reference of the package" />
            ))}
          </Section>
        </>
      )}
    </article>
  );
}

function pathOf(skill: JsonObject): string {
  return `${asText(own(skill, 'namespace')) ?? ''}/${asText(own(skill, 'name')) ?? ''}`;
}

function titleOf(skill: JsonObject): string {
  return asText(own(skill, 'title')) ?? asText(own(skill, 'name')) ?? '';
}

function repositoryOf(skill: JsonObject): JSX.Element | undefined {
  const url = asText(at(skill, 'repository', 'url'));
  return url === undefined ? undefined : <Outside url={url} />;
}

/** What to fetch: an image, or a folder of a repository at a commit. */
function packagesOf(skill: JsonObject): readonly string[] {
  const packages = own(skill, 'packages');
  return (Array.isArray(packages) ? packages.filter(isObject) : []).flatMap((one) => {
    const identifier = asText(own(one, 'identifier'));
    if (identifier !== undefined) return [identifier];
    const parts = [asText(own(one, 'url')), asText(own(one, 'ref')), asText(own(one, 'subfolder'))];
    const known = parts.filter((part) => part !== undefined);
    return known.length === 0 ? [] : [known.join(' ')];
  });
}
