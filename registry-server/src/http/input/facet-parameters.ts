import { HttpError } from '../../errors.ts';
import { labelOf, type Facet } from '../catalog.ts';
import { parameter, type Parameter } from './parameters.ts';

/** Longest list of a filter, in characters, and most values in it. */
const MAX_LENGTH = 1000;
const MAX_VALUES = 50;

type Values = Parameter<readonly string[] | undefined>;

/** A list of comma-separated values. */
export function listParameter(name: string, description: string, examples: readonly string[]): Values {
  const documented = {
    type: 'string',
    maxLength: MAX_LENGTH,
    description: `${description} Several values are separated by commas; a server matches any of them.`,
  };
  return parameter({ ...documented, examples: [...examples] }, (text) => {
    const values = text
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (text.length > MAX_LENGTH || values.length > MAX_VALUES) {
      throw new HttpError(
        'unprocessable',
        `${name} has ${values.length} values in ${text.length} characters; at most ${MAX_VALUES} in ${MAX_LENGTH} are allowed`,
      );
    }
    return values.length === 0 ? undefined : values;
  });
}

/** Filters of every list of servers besides those of the official API; case is ignored. */
export const facetParameters = {
  tag: listParameter('tag', 'Only servers with this tag.', ['database']),
  tier: listParameter('tier', 'Only servers of this tier, as ToolHive names it.', ['Official']),
  transport: listParameter('transport', 'Only servers with a package or remote of this transport.', ['streamable-http']),
  registry_type: listParameter('registry_type', 'Only servers with a package of this type; "remote" for remote servers.', ['oci']),
} as const satisfies Partial<Record<Facet, Values>>;

const FACETS: readonly Facet[] = ['tag', 'tier', 'transport', 'registry_type', 'status'];

/** The labels that filter a list. */
export function facetLabels(query: Readonly<Partial<Record<Facet, readonly string[] | undefined>>>): readonly (readonly string[])[] {
  const lists: string[][] = [];
  for (const facet of FACETS) {
    const values = query[facet];
    if (values !== undefined) lists.push(values.map((value) => labelOf(facet, value)));
  }
  return lists;
}
