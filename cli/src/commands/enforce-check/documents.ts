import { isObject } from '@toolhive-registry/catalog/entry';
import { readYaml } from '../../manifest/plain.ts';
import { misuse, type Failure } from '../../program/failure.ts';
import type { ManifestFile } from '../../manifest/read-manifests.ts';

/** An object of a manifest, of whatever kind. */
export interface ManifestObject {
  /** The file that it is in. */
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What to do about a template. */
const RENDER = 'render it first, for example with helm template, and pass the result';

/**
 * All objects of a file: YAML or JSON, several documents, lists as `kubectl get -o yaml` writes them. Empty documents are left out. Throws a failure that names file
 * and document.
 */
export function objectsOf({ name, text }: ManifestFile): ManifestObject[] {
  return parsed(name, text).flatMap((document, index, all) => {
    if (document === null || document === undefined) return [];
    const place = all.length === 1 ? name : `document ${index + 1} of ${name}`;
    return itemsOf(document, place).map((value) => ({ file: name, value }));
  });
}

function parsed(name: string, text: string): readonly unknown[] {
  const read = readYaml(text);
  if (read.ok) return read.value;
  if (text.includes('{{')) throw isTemplate(name, 'it contains {{ … }}, and is not valid YAML as it is');
  throw misuse(`${name} ${read.problem}`, read.remedy);
}

/** The failure for a manifest that a program has yet to make. */
export function isTemplate(place: string, why: string): Failure {
  return misuse(`${place} is a template: ${why}`, RENDER);
}

/** The object itself, or the items of a list: of `List`, and of a kind's own list, whose items need not say what they are. */
function itemsOf(document: unknown, place: string): Readonly<Record<string, unknown>>[] {
  const value = objectAt(document, place);
  const { kind, apiVersion, items } = value;
  if (!String(kind).endsWith('List') || !Array.isArray(items)) return [value];
  const implied = kind === 'List' ? {} : { apiVersion, kind: String(kind).slice(0, -'List'.length) };
  return items.flatMap((item: unknown, index) => itemsOf(isObject(item) ? { ...implied, ...item } : item, `items[${index}] of ${place}`));
}

function objectAt(document: unknown, place: string): Readonly<Record<string, unknown>> {
  if (!isObject(document)) throw misuse(`${place} is not a Kubernetes object but ${nameOfType(document)}`, 'leave it out');
  const missing = ['apiVersion', 'kind'].filter((field) => typeof document[field] !== 'string' || document[field] === '');
  if (missing.length > 0)
    throw misuse(
      `${place} is not a Kubernetes object: it has no ${missing.join(' and no ')}`,
      'leave it out; charts have to be rendered first',
    );
  return document;
}

function nameOfType(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
}
