import { existsSync } from 'node:fs';
import { dump } from 'js-yaml';
import { customResourceDefinition } from '../../api/src/crd/definition.ts';
import { reference } from './reference.ts';

/** One generated file: its path from the repository's root and its whole content. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const crdFile = 'toolhive.stacklok.dev_mcpregistries.yaml';
const chart = 'charts/toolhive-registry';

/** Every generated file as it has to be. The chart's copy only where the chart is. */
export function generatedFiles(root: URL): GeneratedFile[] {
  const crd = `# Generated from api/src/schema by \`npm run generate\`; do not edit.\n${dump(customResourceDefinition(), { lineWidth: -1, noRefs: true })}`;
  return [
    { path: `crds/${crdFile}`, content: crd },
    { path: 'docs/reference/mcpregistry.md', content: reference() },
    ...(existsSync(new URL(chart, root)) ? [{ path: `${chart}/crds/${crdFile}`, content: crd }] : []),
  ];
}
