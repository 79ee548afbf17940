import type { NamedReference } from '@toolhive-registry/catalog/references';
import { concurrently } from '../../concurrent.ts';
import { Failure, sentenceOf } from '../../program/failure.ts';
import type { Session } from '../../terminal/session.ts';
import type { Enforcer, Enforcers } from './enforcers.ts';
import { judgesOf, questionOf, type Answer, type Answers, type Question } from './judge.ts';
import type { ManifestServer } from './servers.ts';

/** An object, and the registries that judge it. */
export interface Case {
  readonly server: ManifestServer;
  readonly enforcers: Enforcers;
}

/** What some registries answered. */
export type AnswersOf = (enforcers: Enforcers) => Answers;

/** Questions at once. A registry looks through its sources for one at a time, and lets few wait. */
const CONCURRENCY = 4;

/** Asks each registry that judges a reference about it, once. One that does not answer is not asked again. */
export async function askAll(cases: readonly Case[], asEnforced: boolean, session: Pick<Session, 'draw' | 'signal'>): Promise<AnswersOf> {
  const asked = asksOf(cases, asEnforced);
  const answers = new Map<string, Answer>();
  const silent = new Map<Enforcer, Answer>();
  let count = 0;
  try {
    await concurrently([...asked], CONCURRENCY, async ([key, { enforcer, question }]) => {
      session.draw(`Asking ${enforcer.label}: ${(count += 1)} of ${asked.size}`);
      const answer = silent.get(enforcer) ?? (await answerOf(enforcer, question, session.signal));
      answers.set(key, answer);
      if ('failure' in answer) silent.set(enforcer, answer);
    });
  } finally {
    session.draw('');
  }
  return ({ all }) =>
    (name, reference) => {
      const enforcer = all.find((one) => one.name === name);
      const question = questionOf(reference);
      return enforcer === undefined || question === undefined ? undefined : answers.get(keyOf(enforcer, question));
    };
}

interface Ask {
  readonly enforcer: Enforcer;
  readonly question: Question;
}

function asksOf(cases: readonly Case[], asEnforced: boolean): Map<string, Ask> {
  const asks = new Map<string, Ask>();
  for (const { server, enforcers } of cases) {
    const judges = judgesOf(server, enforcers, asEnforced);
    for (const enforcer of enforcers.all.filter(({ name }) => judges.includes(name))) {
      for (const question of server.references.flatMap((reference: NamedReference) => questionOf(reference) ?? []))
        asks.set(keyOf(enforcer, question), { enforcer, question });
    }
  }
  return asks;
}

function keyOf({ label }: Enforcer, { kind, text }: Question): string {
  return JSON.stringify([label, kind, text]);
}

async function answerOf({ client }: Enforcer, { kind, text }: Question, signal: AbortSignal): Promise<Answer> {
  try {
    return await client.explain({ [kind]: text });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) return { failure: sentenceOf(error) };
    throw error;
  }
}
