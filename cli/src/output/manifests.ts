import { misuse } from '../program/failure.ts';
import { jsonText, yamlText } from './format.ts';

/** Manifests as a file: documents of YAML, or one object of JSON, a List where there are several. On a terminal nothing in them can do anything. */
export function manifestText(format: string | undefined, objects: readonly object[]): string {
  if (format === 'yaml') return objects.map(yamlText).join('---\n');
  if (format !== 'json') throw misuse(`--output is "${format ?? ''}"`, 'use one of yaml, json');
  return jsonText(objects.length === 1 ? objects[0] : { apiVersion: 'v1', kind: 'List', items: objects });
}
