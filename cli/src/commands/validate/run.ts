import { cwd } from 'node:process';
import { loadSchemaChecks } from '@toolhive-registry/catalog';
import { download, isUrl } from '../../catalog-file/download.ts';
import type { Run } from '../../program/command.ts';
import { shownUrl } from '../../registry/shown-url.ts';
import { Failure, misuse, sentenceOf } from '../../program/failure.ts';
import type { Session } from '../../terminal/session.ts';
import { checkFile, InputError, jsonReport, junitReport, readInputs, sarifReport, summaryOf, textReport } from '../../validate/index.ts';
import type { CheckedFile, Input } from '../../validate/index.ts';
import { VERSION } from '../../version.ts';
import type { Flags, flags as flagSpecs } from './command.ts';

/** Checks what is named, and reports what was found. */
export const runValidate: Run<typeof flagSpecs> = async ({ args, flags }, session) => {
  const schemas = await loadSchemaChecks();
  const files: CheckedFile[] = [];
  try {
    for await (const input of inputsOf(args, session)) {
      if (session.terminal.err && !flags.quiet) session.draw(`Checking ${input.name} …`);
      files.push(checkFile(input, { schemas, ...(flags.format === undefined ? {} : { format: flags.format }) }));
      session.signal.throwIfAborted();
    }
  } catch (error) {
    if (error instanceof InputError) throw misuse(error.message);
    throw error;
  } finally {
    session.draw('');
  }
  if (summaryOf(files).checked === 0)
    throw misuse(`nothing was checked: there is no catalog in ${args.join(', ')}`, 'name a file or a folder with catalogs');
  await session.write(reportOf(files, flags));
  return failed(files, flags['fail-on'] ?? 'error') ? 1 : 0;
};

/** Files, folders and standard input in one go, so that none is read twice; addresses one by one. */
async function* inputsOf(args: readonly string[], { stdin, env, signal }: Session): AsyncGenerator<Input> {
  const local = args.filter((arg) => !isUrl(arg));
  if (local.length > 0) yield* readInputs(local, { cwd: cwd(), stdin: stdin as AsyncIterable<Uint8Array> });
  for (const address of args.filter(isUrl)) {
    const name = shownUrl(address);
    try {
      yield { name, bytes: await download(address, { env, signal }) };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      yield { name, problem: sentenceOf(error) };
    }
  }
}

function reportOf(files: readonly CheckedFile[], flags: Flags): string {
  switch (flags.output) {
    case 'json':
      return jsonReport(files);
    case 'sarif':
      return sarifReport(files, { version: VERSION });
    case 'junit':
      return junitReport(files, flags['fail-on'] ?? 'error');
    default:
      return textReport(files);
  }
}

const SEVERITIES = ['error', 'warning', 'note'] as const;

/** Whether there is a finding as bad as this, or worse. */
function failed(files: readonly CheckedFile[], least: (typeof SEVERITIES)[number]): boolean {
  const { findings } = summaryOf(files);
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(least) + 1);
  return counted.some((severity) => findings[severity] > 0);
}
