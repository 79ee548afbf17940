import { own } from '../../json.ts';
import { isPlainObject } from '../matching.ts';
import { addressRule, headerRules, inputRules } from './inputs.ts';
import { changeText, nameOf, ofField, orderRule, values, type Change, type Rule, type RuleResult } from './rule.ts';

const REMOTE = ['server', 'remotes', '*'];
/** Transports of a remote (server.schema.json, RemoteTransport). */
const TRANSPORTS = ['streamable-http', 'sse'];

/** Rules for the addresses of a server. */
export const REMOTE_RULES: readonly Rule[] = [
  orderRule(['server', 'remotes'], 'remote URLs'),
  { at: REMOTE, say: ofRemote, parts: ['added'] },
  addressRule([...REMOTE, 'url'], 'remote URL'),
  ...['type', 'transport_type'].map((key): Rule => ({
    at: [...REMOTE, key],
    say: (change) => ofField(change, 'behavior', changeText(change, 'transport')),
  })),
  ...headerRules([...REMOTE, 'headers', '*']),
  ...inputRules([...REMOTE, 'variables', '*'], ['variable of URL', 'variables of URL']),
];

function ofRemote(change: Change): RuleResult | undefined {
  const { kind, isPart, after } = change;
  const name = nameOf(change);
  if (kind === 'removed') return isPart ? undefined : { attention: 'behavior', what: ['remote URL removed', 'remote URLs removed'], name };
  if (kind !== 'added') return { attention: 'security', what: 'remote changed', ...values(change) };
  const type = isPlainObject(after) ? (own(after, 'type') ?? own(after, 'transport_type')) : undefined;
  return { attention: 'security', what: ['new remote URL', 'new remote URLs'], name, notes: TRANSPORTS.find((one) => one === type) };
}
