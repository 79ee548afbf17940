import { connect } from '../../cluster/connect.ts';
import { outputFormat, structured } from '../../output/format.ts';
import type { Run } from '../../program/command.ts';
import { Failure, misuse } from '../../program/failure.ts';
import type { Session } from '../../terminal/session.ts';
import { styleFor } from '../../terminal/style.ts';
import { VERSION } from '../../version.ts';
import { type Flags, type flags as flagSpecs } from './command.ts';
import { diagnose } from './diagnosis.ts';
import { problem, type Section } from './finding.ts';
import { gatherFacts } from './gather/gather.ts';
import { documentOf, sentenceOf, summaryOf, textOf } from './text.ts';

/** Checks an installation, and reports what is wrong with it. */
export const runDoctor: Run<typeof flagSpecs> = async ({ flags }, session) => {
  const format = outputFormat(flags.output);
  if (flags.namespace !== undefined && flags['all-namespaces'])
    throw misuse('--namespace and --all-namespaces are both given', 'leave one of them out');
  const sections = await examine(flags, session);
  const summary = summaryOf(sections);
  const text = structured(format, documentOf(sections, summary), session.terminal);
  await session.write(text ?? textOf(sections, { verbose: flags.verbose, style: styleFor(session.terminal.color) }));
  if (!flags.quiet) session.say(sentenceOf(summary));
  return summary.problem > 0 ? 1 : 0;
};

async function examine(flags: Flags, session: Session): Promise<Section[]> {
  await using cluster = await connect(flags, session.env);
  const scope = { namespace: flags.namespace, isWhole: flags['all-namespaces'], via: flags.via ?? 'auto' } as const;
  try {
    return diagnose(await gatherFacts(cluster, scope, VERSION, session));
  } catch (error) {
    session.signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    // Without an API server there is nothing else to look at.
    return [
      { about: 'API server', findings: [problem('reachable', error.message, error.remedy ?? 'check the network and the kubeconfig')] },
    ];
  }
}
