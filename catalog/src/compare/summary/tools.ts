import { EXTENSION } from './extension.ts';
import { changeText, memberRule, nameOf, orderRule, type Change, type Rule, type RuleResult } from './rule.ts';

const DEFINITIONS = [...EXTENSION, 'tool_definitions'];
const TOOL = [...DEFINITIONS, '*'];
const COMING_AND_GOING = { added: 'behavior', removed: 'behavior' } as const;

/** Rules for the tools that a server has. */
export const TOOL_RULES: readonly Rule[] = [
  orderRule([...EXTENSION, 'tools'], 'tools', 'text'),
  memberRule([...EXTENSION, 'tools', '*'], ['tool', 'tools'], COMING_AND_GOING),
  { at: DEFINITIONS, say: ofDefinitions },
  memberRule(TOOL, ['tool', 'tools'], COMING_AND_GOING),
  // Hints, with their meaning when absent (MCP 2025-11-25, ToolAnnotations).
  hintRule('readOnlyHint', { absent: false, harmful: false }, ['tool is no longer read-only', 'tools are no longer read-only']),
  hintRule('destructiveHint', { absent: true, harmful: true }, ['tool may be destructive now', 'tools may be destructive now']),
  // Models follow what they read there.
  {
    at: [...TOOL, 'description'],
    say: (change) => ({
      attention: 'behavior',
      what: changeText(change, 'description of tool'),
      name: toolOf(change),
      before: change.before,
      after: change.after,
    }),
  },
  { at: [...TOOL, '**'], say: (change) => ({ attention: 'behavior', what: ['tool changed', 'tools changed'], name: toolOf(change) }) },
];

/** With the list as a whole no tool is added or removed: servers have their tools without definitions as well. */
function ofDefinitions({ kind, isPart }: Change): RuleResult | undefined {
  if (isPart) return undefined;
  return kind === 'reordered'
    ? { attention: 'text', what: 'order of tools changed' }
    : { attention: 'behavior', what: changeText({ kind }, 'definitions of tools') };
}

/** A rule for a hint that needs a review if it changes, or falls back, to the less harmless value. */
function hintRule(
  key: string,
  { absent, harmful }: { readonly absent: boolean; readonly harmful: boolean },
  alarm: readonly [one: string, many: string],
): Rule {
  return {
    at: [...TOOL, 'annotations', key],
    say: (change) => {
      const [was, is] = [change.before, change.after].map((value) => (typeof value === 'boolean' ? value : absent));
      return was !== is && is === harmful
        ? { attention: 'security', what: alarm, name: toolOf(change) }
        : { attention: 'behavior', what: ['tool changed', 'tools changed'], name: toolOf(change) };
    },
  };
}

function toolOf(change: Change): string {
  return nameOf(change, change.path.length - TOOL.length + 1);
}
