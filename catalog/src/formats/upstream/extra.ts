import type { CatalogEntry } from '../../entry/entry.ts';
import type { Finding, FindingSink } from '../../entry/findings.ts';
import type { EntryKind } from '../../entry/kind.ts';
import { asText, at, isObject, own, type Json } from '../../json.ts';
import { checkNesting } from '../limits.ts';
import { below, placed, type EntrySink } from '../sink.ts';
import { noteWrongType } from '../unread.ts';

/**
 * Reads a skill or plugin of ToolHive's catalog (skill.schema.json and plugin.schema.json of toolhive-core): it must have a namespace, a name and a version;
 * everything else is passed on unchanged.
 */
export function readExtra(kind: Exclude<EntryKind, 'server'>, item: Json, place: string, findings: FindingSink): CatalogEntry | undefined {
  let entry = place;
  const skip = (pointer: string, rule: Finding['rule'], message: string): undefined => {
    findings.add({ entry, pointer, rule, message, served: false });
    return undefined;
  };
  if (!isObject(item)) return skip('', 'not-an-object', `a ${kind} must be an object; it was left out`);
  const name = asText(own(item, 'name'));
  const namespace = asText(own(item, 'namespace'));
  if (name !== undefined && namespace !== undefined) entry = `${kind} ${namespace}/${name}`;
  const tooDeep = checkNesting(item);
  if (tooDeep !== undefined) return skip('', 'invalid', tooDeep);
  if (namespace === undefined) return skip('/namespace', 'missing', `"namespace" must be a text; the ${kind} was left out`);
  if (name === undefined) return skip('/name', 'missing', `"name" must be a text; the ${kind} was left out`);
  const version = asText(own(item, 'version'));
  if (version === undefined) return skip('/version', 'missing', `"version" must be a text; the ${kind} was left out`);
  if (namespace.includes('/') || name.includes('/')) {
    return skip('/name', 'invalid', `namespace and name must not contain a slash; the ${kind} was left out`);
  }
  return { kind, name: `${namespace}/${name}`, version, server: item, meta: {} };
}

/** Reads the skills and plugins next to servers. `place` is a JSON pointer to their parent. */
export function readExtras(holder: Json, place: string, sink: EntrySink): void {
  for (const { kind, key } of [
    { kind: 'skill', key: 'skills' },
    { kind: 'plugin', key: 'plugins' },
  ] as const) {
    const items = at(holder, key);
    if (!Array.isArray(items)) {
      noteWrongType(items, `${place}/${key}`, `a list of ${key}`, sink.findings);
      continue;
    }
    for (const [index, item] of items.entries()) {
      const findings = below(sink.findings, `${place}/${key}`, index);
      const entry = readExtra(kind, item, `${place}/${key}/${index}`, findings);
      if (entry !== undefined) sink.entry(placed(entry, findings));
    }
  }
}
