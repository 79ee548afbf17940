import { EXTENSION } from './extension.ts';
import { argumentRules, environmentRules } from './inputs.ts';
import { PERMISSION_RULES } from './permissions.ts';
import { changeText, memberRule, nameOf, orderRule, textRule, values, type Change, type Rule, type RuleResult } from './rule.ts';
import { TOOL_RULES } from './tools.ts';

const PROVENANCE = [...EXTENSION, 'provenance'];

/** Rules for what ToolHive adds to a server.json (toolhive-core, registry/types; docs/formats.md). */
export const TOOLHIVE_RULES: readonly Rule[] = [
  { at: EXTENSION, say: ofExtension, parts: ['added', 'removed'] },
  ...PERMISSION_RULES,
  { at: PROVENANCE, say: ofProvenance },
  {
    at: [...PROVENANCE, '**'],
    say: (change) => ({ attention: 'security', what: 'provenance changed', name: nameOf(change), ...values(change) }),
  },
  {
    at: [...EXTENSION, 'oauth_config', '**'],
    say: (change) => ({ attention: 'security', what: changeText(change, 'OAuth setting'), name: nameOf(change), ...values(change) }),
  },
  ...argumentRules([...EXTENSION, 'args'], ['command argument', 'command arguments']),
  ...environmentRules([...EXTENSION, 'env_vars', '*']),
  ...TOOL_RULES,
  textRule([...EXTENSION, 'status'], 'status', 'behavior'),
  textRule([...EXTENSION, 'tier'], 'tier', 'behavior'),
  orderRule([...EXTENSION, 'tags'], 'tags', 'text'),
  memberRule([...EXTENSION, 'tags', '*'], ['tag', 'tags'], { added: 'text', removed: 'text' }),
  textRule([...EXTENSION, 'overview'], 'overview'),
  ...['metadata', 'custom_metadata', 'docker_tags'].map((key): Rule => ({
    at: [...EXTENSION, key, '**'],
    say: (change) => (change.isPart ? undefined : { attention: 'text', what: 'metadata changed', name: nameOf(change), ...values(change) }),
  })),
];

/** An image in another version keeps the extension: what matters is said about the image. */
function ofExtension(change: Change): RuleResult | undefined {
  const { kind, isPart, before, after } = change;
  if (isPart || kind === 'added' || (kind === 'renamed' && change.isReplaced(before, after))) return undefined;
  if (kind === 'removed') return { attention: 'behavior', what: "ToolHive's extension removed", name: nameOf(change) };
  const what = kind === 'renamed' ? "ToolHive's extension is for another image or URL now" : "ToolHive's extension changed";
  return { attention: 'behavior', what, ...values(change) };
}

function ofProvenance({ kind, isPart }: Change): RuleResult | undefined {
  if (kind === 'added') return isPart ? undefined : { attention: 'behavior', what: 'provenance added' };
  return { attention: 'security', what: changeText({ kind }, 'provenance') };
}
