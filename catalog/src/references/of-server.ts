import { imageOf } from '../formats/image.ts';
import { asText, at, isObject, own, type Json, type JsonObject } from '../json.ts';
import type { ReferenceKind } from './forms.ts';
import { normalImage, normalPackage, normalUrl } from './normal.ts';
import { isPublicIndex } from './public-index.ts';
import { compileTemplate, isTemplate, type UrlTemplate } from './template.ts';

/** The references of an entry in their compared forms. */
export interface ServerReferences {
  readonly exact: readonly { readonly kind: ReferenceKind; readonly text: string }[];
  readonly templates: readonly UrlTemplate[];
  /** What cannot be compared, with the reason as the end of a sentence. */
  readonly unusable: readonly { readonly text: string; readonly why: string }[];
}

/** Longest reference that is listed. */
const MAX_REFERENCE = 1_000;
/** Printable ASCII characters; a package is preceded by its type. */
const COMPARABLE = /^([a-z]+ )?[!-~]+$/;
/** Types whose packages can be run without an image. */
const COMMAND_TYPES: ReadonlySet<string> = new Set(['npm', 'pypi']);
/** Most URLs from the choices of a template's variables. */
const MAX_CHOICES = 100;

/** The references of a server.json. */
export function referencesOf(server: JsonObject): ServerReferences {
  const exact: { kind: ReferenceKind; text: string }[] = [];
  const templates: UrlTemplate[] = [];
  const unusable: { text: string; why: string }[] = [];
  const add = (kind: ReferenceKind, raw: string, text: string | undefined, why: string): void => {
    const isLong = text !== undefined && text.length > MAX_REFERENCE;
    if (text === undefined || isLong || !COMPARABLE.test(text))
      unusable.push({ text: raw.slice(0, 200), why: isLong ? 'it is too long' : why });
    else exact.push({ kind, text });
  };
  for (const one of objects(own(server, 'packages'))) {
    const type = asText(own(one, 'registryType')) ?? asText(own(one, 'registry_type')) ?? '';
    const identifier = asText(own(one, 'identifier'));
    if (identifier === undefined) continue;
    if (type === 'oci') add('images', identifier, normalImage(imageOf(one) ?? identifier), 'it is not an image reference');
    else if (COMMAND_TYPES.has(type) && !isPublicIndex(type, asText(own(one, 'registryBaseUrl')) ?? asText(own(one, 'registry_base_url'))))
      unusable.push({
        text: identifier.slice(0, 200),
        why: 'it is from an index other than the public one, which a command does not name',
      });
    else if (COMMAND_TYPES.has(type)) add('packages', identifier, normalPackage(type, identifier), 'it is not a package name');
  }
  const urls = new Set<string>();
  for (const one of objects(own(server, 'remotes'))) {
    const url = asText(own(one, 'url'));
    if (url === undefined) continue;
    const chosen = chosenUrls(url, own(one, 'variables'));
    if (chosen === undefined)
      unusable.push({ text: url.slice(0, 200), why: `its variables have more than ${MAX_CHOICES} choices together` });
    for (const each of chosen ?? []) urls.add(each);
  }
  for (const url of urls) {
    if (!isTemplate(url)) {
      add('urls', url, normalUrl(url), 'it is not an http or https URL that can be compared');
      continue;
    }
    const compiled = url.length > MAX_REFERENCE ? { why: 'it is too long' } : compileTemplate(url);
    if ('why' in compiled) unusable.push({ text: url.slice(0, 200), why: compiled.why });
    else templates.push(compiled);
  }
  return { exact, templates, unusable };
}

/** A remote's URL, or all from the choices of its variables; undefined: too many. */
function chosenUrls(url: string, variables: Json | undefined): string[] | undefined {
  let urls = [url];
  for (const [name, variable] of isObject(variables) ? Object.entries(variables) : []) {
    const choices = isObject(variable) ? own(variable, 'choices') : undefined;
    if (!Array.isArray(choices) || choices.length === 0 || !url.includes(`{${name}}`)) continue;
    if (urls.length * choices.length > MAX_CHOICES) return undefined;
    urls = choices.flatMap((choice) => urls.map((one) => one.replaceAll(`{${name}}`, () => asText(choice) ?? '')));
  }
  return urls;
}

function objects(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The references of an item of the official API. */
export function referencesOfItem(item: JsonObject): ServerReferences {
  const server = at(item, 'server');
  return referencesOf(isObject(server) ? server : {});
}
