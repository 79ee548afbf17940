import type { RegistryReport } from '@toolhive-registry/api';
import { outputFormat, structured } from '../../output/format.ts';
import { TableWriter, type Column } from '../../output/table.ts';
import type { Run } from '../../program/command.ts';
import { documentOf } from '../../registry/client.ts';
import { checkSources } from '../../registry/known-sources.ts';
import { openTarget } from '../../registry/target.ts';
import { paged } from '../../terminal/pager.ts';
import { styleFor } from '../../terminal/style.ts';
import { OUTCOMES, type Flags, type flags as flagSpecs } from './command.ts';

type Finding = RegistryReport['findings'][number];

/** Shows findings. */
export const runReport: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  const format = outputFormat(flags.output);
  await using target = await openTarget(registry, flags, session);
  if (flags.source !== undefined) {
    const document = await documentOf(target.client);
    checkSources(document?.sources.map(({ name }) => name) ?? [], [flags.source], target.client.label);
  }
  const { findings, head } = await all(target.client.report({ source: flags.source }), flags);
  const text = structured(format, { ...head, findings, metadata: { count: findings.length } }, session.terminal);
  if (text !== undefined) await session.write(text);
  else if (findings.length === 0) session.say('No findings: every entry is served as its source has it.');
  else {
    const { terminal } = session;
    const table = new TableWriter(COLUMNS, { wide: format.wide, width: terminal.columns, style: styleFor(terminal.color), headers: true });
    const lines = table.lines(findings);
    await paged(session, flags, (write) => write(lines));
  }
  const worst = flags['fail-on'];
  return worst !== undefined && findings.some(({ outcome }) => rank(outcome) <= rank(worst)) ? 1 : 0;
};

/** Where an outcome stands; the worst is 0. */
function rank(outcome: string): number {
  const found = OUTCOMES.findIndex((one) => one === outcome);
  return found < 0 ? OUTCOMES.length : found;
}

async function all(
  pages: AsyncIterable<RegistryReport>,
  { outcome, server, limit = Infinity }: Flags,
): Promise<{ findings: Finding[]; head: Omit<RegistryReport, 'findings' | 'metadata'> | undefined }> {
  const findings: Finding[] = [];
  let head: Omit<RegistryReport, 'findings' | 'metadata'> | undefined;
  for await (const { findings: some, metadata: _metadata, ...rest } of pages) {
    head ??= rest;
    for (const finding of some) {
      if (outcome.length > 0 && !outcome.some((one) => one === finding.outcome)) continue;
      if (server === undefined || finding.entry.includes(server)) findings.push(finding);
    }
    if (findings.length >= limit) break;
  }
  return { findings: findings.slice(0, limit), head };
}

const COLUMNS: readonly Column<Finding>[] = [
  {
    title: 'OUTCOME',
    text: ({ outcome }) => outcome,
    style: ({ outcome }, style) => (outcome === 'leftOut' ? style.red : outcome === 'noted' ? style.dim : style.yellow),
  },
  { title: 'SOURCE', text: ({ source }) => source },
  { title: 'ENTRY', text: ({ entry }) => entry },
  { title: 'VERSION', text: ({ version = '' }) => version, wide: true },
  { title: 'PLACE', text: ({ pointer }) => pointer },
  { title: 'RULE', text: ({ rule }) => rule },
  { title: 'MESSAGE', text: ({ message }) => message, rest: true },
];
