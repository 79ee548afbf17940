import { HttpError } from '../../errors.ts';
import { pathParameter } from '../input/parameters.ts';
import { shorten } from '../input/shorten.ts';
import type { RegistryDeps } from './deps.ts';
import { route, type Route } from './route.ts';

/**
 * The files of the page for browsers; none without it. They are not part of the API: names and contents change with each version of the server, and no
 * program has a use for them.
 */
export function pageFileRoutes({ page }: Pick<RegistryDeps, 'page'>): Route[] {
  if (page === undefined) return [];
  return [
    route(
      {
        id: 'getPageFile',
        methods: ['GET'],
        path: '/ui/{file}',
        ports: ['public'],
        tag: 'documentation',
        unlisted: true,
        summary: 'A file of the page for browsers',
        params: { file: pathParameter({ description: 'Its name, as the page has it.' }) },
        success: { status: 200, description: 'The file.', tagged: true },
        errors: ['notFound'],
      },
      async ({ params: { file } }, { prefix }) => {
        const answer = (await page())?.file(file);
        if (answer !== undefined) return answer;
        throw new HttpError(
          'notFound',
          `The page has no file "${shorten(file)}"; files of another version had other names. Open ${prefix}/ again`,
        );
      },
    ),
  ];
}
