/** Files of the chart that are generated from the table of MCP server kinds: the admission policies, and the permission to watch the kinds. */
import { dump } from 'js-yaml';
import { serverKinds } from '../../api/src/server-kinds.ts';
import { guardSpec } from '../../controller/src/enforcement/policy/guard.ts';
import { policySpec } from '../../controller/src/enforcement/policy/policy.ts';
import type { GeneratedFile } from './files.ts';

const NOTE = '# Generated from api/src/server-kinds.ts by `npm run generate`; do not edit.';

/** The files below the chart's folder. */
export function enforcementFiles(): GeneratedFile[] {
  const files = {
    'enforcement/enforce.yaml': policySpec('enforce'),
    'enforcement/audit.yaml': policySpec('audit'),
    'enforcement/guard.yaml': guardSpec(),
    'server-kinds-rules.yaml': rules(),
  };
  return Object.entries(files).map(([file, value]) => ({
    path: `files/${file}`,
    content: `${NOTE}\n${dump(value, { lineWidth: -1, noRefs: true })}`,
  }));
}

function rules(): object[] {
  const groups = [...new Set(serverKinds.map(({ group }) => group))];
  return groups.map((group) => ({
    apiGroups: [group],
    resources: [...new Set(serverKinds.filter((kind) => kind.group === group).map(({ plural }) => plural))],
    verbs: ['list', 'watch'],
  }));
}
