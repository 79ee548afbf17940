import { EXTENSION } from './extension.ts';
import { changeText, memberRule, nameOf, values, type Change, type Rule, type RuleResult } from './rule.ts';

const PERMISSIONS = [...EXTENSION, 'permissions'];
const NETWORK = [...PERMISSIONS, 'network'];
const DIRECTION = [...NETWORK, '*'];
/** Newly granted permissions need a review; revoked ones may break something. */
const WIDENED = { added: 'security', removed: 'behavior' } as const;

/**
 * Rules for permissions, by their meaning in ToolHive (stacklok/toolhive, pkg/container/docker/squid.go): without network rules all traffic is allowed, and a
 * missing or empty list of hosts or of ports restricts nothing if the other one is present.
 */
export const PERMISSION_RULES: readonly Rule[] = [
  limitRule(PERMISSIONS, 'permissions'),
  limitRule(NETWORK, 'network permissions'),
  { at: [...DIRECTION, 'insecure_allow_all'], say: (change) => ofSwitch(change, 'network access to any host') },
  limitRule([...DIRECTION, 'allow_host'], 'list of allowed hosts', 'allowed hosts'),
  limitRule([...DIRECTION, 'allow_port'], 'list of allowed ports', 'allowed ports'),
  memberRule([...DIRECTION, 'allow_host', '*'], ['allowed host', 'allowed hosts'], WIDENED),
  memberRule([...DIRECTION, 'allow_port', '*'], ['allowed port', 'allowed ports'], WIDENED),
  limitRule(DIRECTION, 'network permissions'),
  memberRule([...PERMISSIONS, 'read', '*'], ['path that may be read', 'paths that may be read'], WIDENED),
  memberRule([...PERMISSIONS, 'write', '*'], ['path that may be written', 'paths that may be written'], WIDENED),
  { at: [...PERMISSIONS, 'privileged'], say: (change) => ofSwitch(change, 'privileged container') },
  {
    at: [...PERMISSIONS, '**'],
    say: (change) => ({ attention: 'security', what: changeText(change, 'permission'), name: nameOf(change), ...values(change) }),
  },
];

/** A rule for something that restricts by its presence. */
function limitRule(at: readonly string[], noun: string, members = noun): Rule {
  return {
    at,
    say: (change) => {
      const { kind, after } = change;
      if (kind === 'reordered') return { attention: 'text', what: changeText(change, members) };
      if (kind === 'removed' || (Array.isArray(after) && after.length === 0)) return { attention: 'security', what: `${noun} removed` };
      if (kind === 'added' && typeof after === 'object') return undefined;
      return { attention: 'security', what: changeText(change, noun), name: nameOf(change), ...values(change) };
    },
    parts: ['added'],
  };
}

function ofSwitch(change: Change, noun: string): RuleResult {
  const isOn = change.after === true;
  if (isOn) return { attention: 'security', what: `${noun} allowed` };
  const wasOn = change.before === true;
  return wasOn
    ? { attention: 'behavior', what: `${noun} no longer allowed` }
    : { attention: 'behavior', what: changeText(change, 'permission'), name: nameOf(change), ...values(change) };
}
