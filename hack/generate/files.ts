import { existsSync, readFileSync } from 'node:fs';
import { dump } from 'js-yaml';
import { customResourceDefinition } from '../../api/src/crd/definition.ts';
import { groups, plural, type RegistryGroup } from '../../api/src/group.ts';
import { withAlerts } from './alerts.ts';
import { grafanaDashboard } from '../dashboard/grafana.ts';
import { apiReference, apiReferenceFile } from './api-reference.ts';
import { commandLine, commandLineFile } from './command-line.ts';
import { withChartMetadata } from './chart-metadata.ts';
import { withValues } from './chart-values.ts';
import { enforcementFiles } from './enforcement.ts';
import { withConditionReasons } from './condition-reasons.ts';
import { withHttpErrors } from './http-errors.ts';
import { withReasons } from './reasons.ts';
import { reference } from './reference.ts';
import { withServerKinds } from './server-kinds.ts';
import { serverSchemas } from './server-schema.ts';
import { documentsWithVersion, productVersion } from './version.ts';

/** A file that is generated completely or in part: its path from the root of the repository, and its whole content. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const chart = 'charts/toolhive-registry';
const operations = 'docs/operations.md';
const enforcement = 'docs/enforcement.md';
const errors = 'docs/reference/errors.md';
const conditions = 'docs/reference/conditions-and-events.md';

/** All generated files. The copies of the chart only if the chart exists. */
export function generatedFiles(root: URL): GeneratedFile[] {
  const crds = groups.map((group) => ({ file: `crds/${group}_${plural}.yaml`, content: crd(group) }));
  return [
    ...crds.map(({ file, content }) => ({ path: file, content })),
    { path: 'docs/reference/mcpregistry.md', content: reference() },
    { path: commandLineFile, content: commandLine() },
    {
      path: operations,
      content: withAlerts(withReasons(readFileSync(new URL(operations, root), 'utf8'), operations), operations, root, 'runbooks.md'),
    },
    { path: enforcement, content: withServerKinds(readFileSync(new URL(enforcement, root), 'utf8'), enforcement) },
    { path: errors, content: withHttpErrors(readFileSync(new URL(errors, root), 'utf8'), errors) },
    { path: conditions, content: withConditionReasons(readFileSync(new URL(conditions, root), 'utf8'), conditions) },
    ...serverSchemas(root),
    { path: apiReferenceFile, content: apiReference(root) },
    ...documentsWithVersion(root),
    ...(existsSync(new URL(chart, root)) ? chartFiles(root, crds) : []),
  ];
}

/** What the chart has of all this, and the table of its values. */
function chartFiles(root: URL, crds: readonly { readonly file: string; readonly content: string }[]): GeneratedFile[] {
  const readme = `${chart}/README.md`;
  const metadata = `${chart}/Chart.yaml`;
  return [
    ...[...crds.map(({ file, content }) => ({ path: file, content })), ...enforcementFiles()].map(({ path, content }) => ({
      path: `${chart}/${path}`,
      content,
    })),
    { path: metadata, content: withChartMetadata(readFileSync(new URL(metadata, root), 'utf8'), productVersion(root), root) },
    { path: `${chart}/files/dashboard.json`, content: `${JSON.stringify(grafanaDashboard(), null, 2)}\n` },
    { path: readme, content: withValues(readFileSync(new URL(readme, root), 'utf8'), readme, new URL(`${chart}/`, root)) },
  ];
}

function crd(group: RegistryGroup): string {
  const definition = dump(customResourceDefinition(group), { lineWidth: -1, noRefs: true });
  return `# Generated from api/src/schema by \`npm run generate\`; do not edit.\n${definition}`;
}
