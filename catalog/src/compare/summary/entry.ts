import { OFFICIAL_META, ORIGIN_META } from '../../entry/entry.ts';
import { changeText, memberRule, nameOf, orderRule, textRule, values, type Rule } from './rule.ts';
import type { Attention } from './statement.ts';

/** Rules for the entry itself, and what its registry records about it. */
export const ENTRY_RULES: readonly Rule[] = [
  textRule(['server', 'name'], 'name', 'behavior'),
  textRule(['server', 'namespace'], 'namespace', 'behavior'),
  textRule(['server', 'version'], 'version', 'behavior'),
  textRule(['server', 'title'], 'title'),
  // For a new entry as well: it describes its purpose.
  {
    at: ['server', 'description'],
    say: (change) => ({ attention: 'text', what: change.isPart ? 'description' : changeText(change, 'description'), ...values(change) }),
  },
  textRule(['server', 'websiteUrl'], 'website'),
  textRule(['server', '$schema'], 'generation of the schema'),
  textRule(['server', 'license'], 'license'),
  textRule(['server', 'compatibility'], 'compatibility'),
  textRule(['server', 'status'], 'status', 'behavior'),
  { at: ['server', 'icons', '**'], say: ({ isPart }) => (isPart ? undefined : { attention: 'text', what: 'icons changed' }) },
  // Reviewers read the source there, and its ID reveals a repository that was recreated under the same name (server.schema.json, Repository).
  textRule(['server', 'repository', 'url'], 'source repository', 'security'),
  textRule(['server', 'repository', 'id'], 'ID of source repository', 'security'),
  textRule(['server', 'repository', 'source'], 'host of source repository', 'behavior'),
  textRule(['server', 'repository', 'type'], 'kind of source repository', 'behavior'),
  textRule(['server', 'repository', 'subfolder'], 'folder in source repository', 'behavior'),
  // Tools that a skill may call without asking (skill.schema.json of toolhive-core).
  orderRule(['server', 'allowedTools'], 'allowed tools'),
  memberRule(['server', 'allowedTools', '*'], ['allowed tool', 'allowed tools'], { added: 'security', removed: 'behavior' }),
  textRule(['_meta', OFFICIAL_META, 'status'], 'status', 'behavior'),
  textRule(['_meta', OFFICIAL_META, 'statusMessage'], 'reason of status'),
  ...['publishedAt', 'updatedAt', 'statusChangedAt', 'isLatest'].map((key) => textRule(['_meta', OFFICIAL_META, key], key)),
  withinRule(['_meta', ORIGIN_META], 'part without a place in server.json', 'behavior'),
  withinRule(['server', '_meta'], "publisher's metadata", 'text'),
  withinRule(['_meta'], "registry's metadata", 'text'),
];

/** A rule for metadata of others, each in its own words. */
function withinRule(at: readonly string[], noun: string, attention: Attention): Rule {
  return {
    at: [...at, '**'],
    say: (change) => (change.isPart ? undefined : { attention, what: changeText(change, noun), name: nameOf(change), ...values(change) }),
  };
}
