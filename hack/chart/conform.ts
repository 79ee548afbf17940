import { fileURLToPath } from 'node:url';
import { KUBECONFORM_TEMPLATE } from '../kube-schemas/convert.ts';
import { run } from './programs.ts';

/** Kinds that no API server of ours has, as far as the chart uses them. */
const OTHERS = `${fileURLToPath(new URL('schemas/', import.meta.url))}${KUBECONFORM_TEMPLATE}`;

/**
 * The objections of kubeconform to manifests, judged strictly by the schemas that a real API server publishes and those of schemas/; undefined: nothing. Throws when there is
 * nothing to judge, and when the schemas are not there: `make chart-check` makes them and names them in KUBE_SCHEMAS.
 */
export function complaint(manifests: string): string | undefined {
  const schemas = process.env['KUBE_SCHEMAS'];
  if (schemas === undefined) throw new Error('KUBE_SCHEMAS is not set; run the suites of the chart with "make chart-check"');
  const {
    ok,
    said,
    complaint: failure,
  } = run('kubeconform', ['-strict', '-summary', '-schema-location', schemas, '-schema-location', OTHERS], manifests);
  if (!ok) return `${said}${failure}`;
  if (said.includes('Summary: 0 resource')) throw new Error(`there is nothing to judge: ${said}`);
  return undefined;
}
