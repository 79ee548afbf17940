import { kindOf, type Finding } from '../entry/findings.ts';

/**
 * How bad a finding is. `error`: an entry, or what should have been one, is not served; a source with `validation: strict` is refused for it. `warning`: an
 * entry is served, but changed, or not this one of two, or it violates a rule of clients and other registries. `note`: a part of the file that is not read,
 * without consequences.
 */
export type Severity = 'error' | 'warning' | 'note';

/**
 * The severity of a finding, see {@link Severity}. Schema problems of a catalog's entry are warnings: it is served, as by the official registry, where 5 to 10
 * % of the entries violate theirs. A server.json in its own file (`isItem`) must match its schema, as in `POST /v0.1/validate`: it is written to be published,
 * and the official registry refuses violations. A missing or unknown schema is a warning there.
 */
export function severityOf(finding: Pick<Finding, 'rule' | 'served' | 'pointer'>, isItem: boolean): Severity {
  const { rule, pointer } = finding;
  if (rule === 'duplicate' || rule === 'shadowed') return 'warning';
  if (kindOf(finding) === 'leftOut') return 'error';
  if (rule === 'not-read') return 'note';
  return rule === 'schema' && isItem && pointer !== '/$schema' ? 'error' : 'warning';
}
