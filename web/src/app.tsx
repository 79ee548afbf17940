import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useLoaded } from './api/load.ts';
import { getGroups, getIndex, getSkills } from './api/registry.ts';
import { Catalog } from './catalog/catalog.tsx';
import { KeptProvider } from './list/kept.ts';
import type { KeptLists } from './list/pages.ts';
import { useFocusOnNewView, useSearchKey } from './location/keyboard.ts';
import { Link } from './location/link.tsx';
import { WHOLE_CATALOG, type Place } from './location/place.ts';
import { RouterProvider, useWindowRouter } from './location/router.ts';
import { Boundary } from './ui/boundary.tsx';
import { lazy } from './ui/lazy.tsx';
import { Plain } from './ui/plain.tsx';
import { TitleProvider } from './ui/title.ts';

// What the first view does not need is loaded on demand.
const Server = lazy('the server', async () => (await import('./server/server.tsx')).Server);
const Skills = lazy('skills', async () => (await import('./extras/skills.tsx')).Skills);
const Groups = lazy('groups', async () => (await import('./extras/groups.tsx')).Groups);
const Health = lazy('the health of the registry', async () => (await import('./health/health.tsx')).Health);

/** The page. */
export function App(): JSX.Element {
  const router = useWindowRouter();
  const kept = useRef<KeptLists>(new Map());
  const { place } = router;
  const index = useLoaded('index', getIndex);
  const title = index.value?.displayName ?? 'MCP servers';
  useFocusOnNewView(router);
  useSearchKey(router);
  return (
    <RouterProvider value={router}>
      <KeptProvider value={kept.current}>
        <TitleProvider value={title}>
          <a class="skip" href="#content" onClick={skip}>
            Skip to the content
          </a>
          <header class="top">
            <Link to={WHOLE_CATALOG} class="brand">
              <Plain text={title} most={80} />
            </Link>
            <Views place={place} />
          </header>
          <main id="content" tabIndex={-1}>
            <Boundary key={place.view === 'server' ? place.name : place.view}>
              <View place={place} />
            </Boundary>
          </main>
          <footer>
            <a href="docs">API</a> · <a href="registry.json">registry.json</a> · For clients: <code>{baseUrl()}</code>
          </footer>
        </TitleProvider>
      </KeptProvider>
    </RouterProvider>
  );
}

/** Only the query: it holds the place of the page. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** The address of the registry, which clients are given. */
function baseUrl(): string {
  return new URL('./', document.baseURI).href.replace(/\/$/, '');
}

function Views({ place }: { readonly place: Place }): JSX.Element {
  const skills = useLoaded('has skills', (signal) => getSkills('', undefined, signal, 1));
  const groups = useLoaded('has groups', getGroups);
  return (
    <nav aria-label="Views">
      <Link to={WHOLE_CATALOG} current={place.view === 'catalog'}>
        Servers
      </Link>
      {(skills.value?.skills.length ?? 0) > 0 && (
        <Link to={{ view: 'skills', q: '', skill: undefined }} current={place.view === 'skills'}>
          Skills
        </Link>
      )}
      {(groups.value?.length ?? 0) > 0 && (
        <Link to={{ view: 'groups', group: undefined }} current={place.view === 'groups'}>
          Groups
        </Link>
      )}
      <Link to={{ view: 'health' }} current={place.view === 'health'}>
        Health
      </Link>
    </nav>
  );
}

function View({ place }: { readonly place: Place }): JSX.Element {
  switch (place.view) {
    case 'server':
      return <Server key={place.name} place={place} />;
    case 'skills':
      return <Skills place={place} />;
    case 'groups':
      return <Groups place={place} />;
    case 'health':
      return <Health />;
    default:
      return <Catalog place={place} />;
  }
}
