import { misuse } from '../program/failure.ts';
import type { Terminal } from '../terminal/session.ts';
import { jsonText, shownOn, yamlText } from './format.ts';

/** Manifests as a file: documents of YAML, or one object of JSON, a List where there are several. On a terminal nothing in them can do anything. */
export function manifestText(format: string | undefined, objects: readonly object[], terminal?: Pick<Terminal, 'out'>): string {
  if (format === 'yaml') return shownOn(terminal, objects.map(yamlText).join('---\n'));
  if (format !== 'json') throw misuse(`--output is "${format ?? ''}"`, 'use one of yaml, json');
  return jsonText(objects.length === 1 ? objects[0] : { apiVersion: 'v1', kind: 'List', items: objects });
}
