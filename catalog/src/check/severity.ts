import { kindOf, type Finding } from '../entry/findings.ts';

/**
 * How bad a finding is. `error`: an entry, or what should have been one, is not served; for this a source with `validation: strict` is refused.
 * `warning`: an entry is served, but not as it is written or not this one of two, or against a rule that clients and other registries hold it to.
 * `note`: a part of the file that is not read, and changes nothing.
 */
export type Severity = 'error' | 'warning' | 'note';

/**
 * The severity of a finding, see {@link Severity}. What the official schema has against an entry of a catalog is a warning: it is served, as by the
 * official registry, where 5 to 10 % of the entries break theirs. A server.json with a file of its own (`isItem`) is held to its schema, as by
 * `POST /v0.1/validate`: whoever writes one publishes it, and the official registry refuses what breaks it. Which schema it names is a warning there.
 */
export function severityOf(finding: Pick<Finding, 'rule' | 'served' | 'pointer'>, isItem: boolean): Severity {
  const { rule, pointer } = finding;
  if (rule === 'duplicate' || rule === 'shadowed') return 'warning';
  if (kindOf(finding) === 'leftOut') return 'error';
  if (rule === 'not-read') return 'note';
  return rule === 'schema' && isItem && pointer !== '/$schema' ? 'error' : 'warning';
}
