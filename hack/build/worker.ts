import { build } from 'esbuild';
import { COMMON } from './options.ts';

/** The registry server's worker thread as text, and the files that it was made from. Started with `eval`, it is CommonJS. */
export async function workerProgram(): Promise<{ readonly text: string; readonly inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    entryPoints: ['registry-server/src/sync/stages/worker.ts'],
    write: false,
    metafile: true,
  });
  return { text: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs) };
}
