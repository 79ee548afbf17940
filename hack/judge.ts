/** Measures the ranking by the judged questions and records the figures: catalog/testdata/search/ndcg.json. `--dry-run` only prints them. */
import { writeFileSync } from 'node:fs';
import { judgedCatalogs, judgedQueries, recordedFigures, servedFigures } from '../catalog/src/search/judging.ts';

const before = recordedFigures();
const now = servedFigures(judgedCatalogs());
const byKind = Map.groupBy(judgedQueries(), ({ kind }) => kind);
for (const [kind, judged] of byKind) {
  const mean = judged.reduce((sum, { query }) => sum + (now.queries[query] ?? 0), 0) / judged.length;
  console.log(`${kind.padEnd(8)} ${mean.toFixed(3)}  (${judged.length} questions)`);
}
console.log(`all      ${now.mean.toFixed(3)}  (recorded: ${before.mean.toFixed(3)})`);
for (const [query, figure] of Object.entries(now.queries)) {
  const was = before.queries[query];
  if (was !== figure) console.log(`  ${was ?? 'new'} -> ${figure}  ${query}`);
}
if (!process.argv.includes('--dry-run')) {
  writeFileSync(new URL('../catalog/testdata/search/ndcg.json', import.meta.url), `${JSON.stringify(now, undefined, 2)}\n`);
}
