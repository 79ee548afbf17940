import { asText, own, type JsonObject } from '../json.ts';
import { answerWarnings, placeholderWarnings, placeholderOf, requiredFirst } from '../launch/answers.ts';
import { unavailableBecause, type Considered, type TargetChoice } from '../launch/choice.ts';
import { wrongWith } from '../launch/endpoint.ts';
import { plainText } from '../launch/hidden.ts';
import type { Input } from '../launch/input.ts';
import { launchOf, textsOfLaunch, type Launch } from '../launch/launch.ts';
import { hostAccessOf } from '../launch/opening.ts';
import type { Refusal, UnavailableReason } from '../launch/reading.ts';
import type { Target, UnusableTarget } from '../launch/target.ts';
import { targetsOf } from '../launch/targets.ts';
import { answersTo, fillWith, type Answers, type Fill } from '../launch/text.ts';
import { FORMS } from './clients.ts';
import { fileName, type ClientForm, type Way } from './form.ts';
import type { Client } from './names.ts';

/** How to configure a client for a server. */
export interface ClientSetup {
  readonly available: true;
  readonly client: Client;
  /** The name under which the client stores it: the last part of the entry's name, in characters that the client accepts. */
  readonly name: string;
  /** The chosen package or remote. */
  readonly target: string;
  /** All that the client could use, the best first. */
  readonly targets: readonly TargetChoice[];
  /** The ways to configure the client, in the order in which to show them. */
  readonly ways: readonly Way[];
  /** The inputs that may be answered; required ones first. */
  readonly inputs: readonly Input[];
  readonly warnings: readonly string[];
}

/** Why a client cannot be configured for a server. */
export interface SetupUnavailable {
  readonly available: false;
  readonly client: Client;
  readonly reason: UnavailableReason;
  /** The reason, one sentence for each package or remote. */
  readonly message: string;
  /** What to do. */
  readonly remedy: string;
}

/** The user's choices. */
export interface SetupOptions {
  readonly answers?: Answers;
  /** Which package or remote to use, by its `id`. Default: the best that the client can use. */
  readonly target?: string;
}

/**
 * How to configure a client for the server of an entry, a server.json as the official API serves it. Everything that is pasted is quoted for its destination,
 * and refused if the client itself would change its meaning.
 */
export function clientSetup(
  server: JsonObject,
  client: Client,
  { answers = {}, target: wanted }: SetupOptions = {},
): ClientSetup | SetupUnavailable {
  const form = FORMS[client];
  const all = targetsOf(server);
  const serverName = asText(own(server, 'name')) ?? '';
  const name = (form.nameOf ?? fileName)(serverName.slice(serverName.lastIndexOf('/') + 1));
  const attempts = all.map((target) => attempt(target, { form, serverName, name, answers }));
  const usable = attempts.filter((one) => one.refusal === undefined);
  const chosen = wanted === undefined ? usable[0] : usable.find(({ target }) => target.id === wanted);
  if (chosen === undefined || chosen.target.kind === 'unusable') return unavailable(client, attempts, wanted);
  const { inputs } = chosen.target;
  return {
    available: true,
    client,
    name,
    target: chosen.target.id,
    targets: usable.map(({ target: { id, about } }) => ({ id, about })),
    ways: chosen.ways,
    inputs: requiredFirst(inputs),
    warnings: [
      ...chosen.target.warnings,
      ...new Set(chosen.warnings),
      ...placeholderWarnings(
        inputs,
        chosen.ways.map(({ text }) => text),
      ),
      ...aboutSecrets(inputs, answers),
      ...answerWarnings(inputs, answers),
    ],
  };
}

interface Attempt extends Considered {
  readonly ways: readonly Way[];
  readonly warnings: readonly string[];
}

interface Rules {
  readonly form: ClientForm;
  readonly serverName: string;
  readonly name: string;
  readonly answers: Answers;
}

function attempt(target: Target | UnusableTarget, rules: Rules): Attempt {
  const refused = (refusal: Refusal): Attempt => ({ target, refusal, ways: [], warnings: [] });
  if (target.kind === 'unusable') return refused(target.refusal);
  const { form, serverName, answers } = rules;
  const refusal = form.refusal(target) ?? hostAccessOf(answers, target) ?? replaced(target, rules) ?? wrongWith(answers, target);
  if (refusal !== undefined) return refused(refusal);
  const fill = fillWith(answers, (input) => form.asks?.(input, serverName) ?? placeholderOf(input));
  const warnings: string[] = [];
  const launch = launchFor(target, fill);
  const ways = form.ways({ ...rules, target, launch, fill, warn: (message) => warnings.push(message) });
  if (ways.length > 0) return { target, ways, warnings };
  return refused({
    reason: 'text',
    message: 'An answer has line breaks, or other characters that no command can have',
    remedy: 'Answer with one line.',
  });
}

function launchFor(target: Target, fill: Fill): Launch {
  return target.kind === 'bundle' ? {} : launchOf(target, fill);
}

/** A text of the entry in which the client would substitute something. The user's own answers are not checked. */
function replaced(target: Target, { form, answers }: Rules): Refusal | undefined {
  const { replaced: pattern } = form;
  if (pattern === undefined) return undefined;
  const masked: Fill = (input) => (answersTo(input, answers).length > 0 ? ['x'] : [input.default ?? 'x']);
  const found = textsOfLaunch(launchFor(target, masked)).find((text) => pattern.test(text));
  if (found === undefined) return undefined;
  return {
    reason: 'text',
    message: `In ${JSON.stringify(plainText(found, 120))} ${form.title} would put a value from the machine that it runs on`,
    remedy: 'Ask the publisher of the entry to declare a variable instead.',
  };
}

function unavailable(client: Client, attempts: readonly Attempt[], wanted: string | undefined): SetupUnavailable {
  return { available: false, client, ...unavailableBecause(attempts, wanted) };
}

function aboutSecrets(inputs: readonly Input[], answers: Answers): string[] {
  const keys = inputs.filter((input) => input.secret && answersTo(input, answers).length > 0).map(({ key }) => key);
  return keys.length === 0 ? [] : [`What is shown has ${keys.join(', ')} in it: do not share it, and keep it out of version control.`];
}
