import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { markdownTable, withPart } from './markdown.ts';

/** Where the rules are, from the repository's root. */
export const alertsFile = 'charts/toolhive-registry/files/alerts.yaml';

/** An alert rule, as Prometheus reads it. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: 'critical' | 'warning' | 'info' };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook_url: string };
}

/** The alert rules of a rule file, in order. */
export function alertRules(text: string): AlertRule[] {
  const { groups } = load(text) as { readonly groups: readonly { readonly rules: readonly AlertRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

/** The document with its generated table of alerts. `runbooks` is the link from there to the runbooks. */
export function withAlerts(document: string, path: string, root: URL, runbooks: string): string {
  const rows = alertRules(readFileSync(new URL(alertsFile, root), 'utf8')).map(({ alert, labels, for: pending = '0m', annotations }) => [
    `[\`${alert}\`](${runbooks}#${alert.toLowerCase()})`,
    labels.severity,
    pending,
    annotations.description,
  ]);
  return withPart(document, path, { word: 'alerts', from: alertsFile }, markdownTable(['alert', 'severity', 'after', 'meaning'], rows));
}
