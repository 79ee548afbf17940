import { asText, isObject, own, type Json, type JsonObject } from '../../json.ts';
import type { Step } from '../difference.ts';
import { isSteering } from '../../launch/steering.ts';
import { addressRisk, isLoopback, originOf } from '../references.ts';
import { changeText, memberRule, nameOf, ofField, orderRule, values, type Change, type Rule, type RuleResult } from './rule.ts';
import type { Attention } from './statement.ts';

/** Fields of an input (server.schema.json, Input) that decide how it is asked for, by their names in server.json and in ToolHive's format. */
const SECRET = ['isSecret', 'secret'] as const;
const REQUIRED = ['isRequired', 'required'] as const;
/** Fields that set its value. */
const SET = ['value', 'default'] as const;
const WORDS = ['description', 'placeholder', 'title'] as const;

/** Whether it is relevant to security that a field sets the input at the end of a path. */
type Grave = (input: readonly Step[], field: (typeof SET)[number], value: Json | undefined) => boolean;

/** Rules for inputs at a place: environment variables, headers, and variables within their values. */
export function inputRules(at: readonly string[], nouns: readonly [one: string, many: string], isGrave: Grave = () => false): Rule[] {
  const [noun] = nouns;
  return [
    { at, say: (change) => ofInput(change, nouns, isGrave) },
    ...SECRET.map((key): Rule => ({ at: [...at, key], say: (change) => flag(change, noun, 'secret', { lost: 'security' }) })),
    ...REQUIRED.map((key): Rule => ({ at: [...at, key], say: (change) => flag(change, noun, 'required', { lost: 'behavior' }) })),
    ...valueRules(at, noun, isGrave),
    memberRule([...at, 'choices', '*'], [`choice of ${noun}`, `choices of ${noun}`], { added: 'behavior', removed: 'behavior' }),
    ...WORDS.map((key): Rule => ({
      at: [...at, key],
      say: (change) => ofField(change, 'text', changeText(change, `${key} of ${noun}`)),
    })),
  ];
}

/** Rules for environment variables, and the variables within their values. */
export function environmentRules(at: readonly string[]): Rule[] {
  return withVariables(at, ['environment variable', 'environment variables'], isGraveVariable);
}

/** Rules for headers, and the variables within their values. */
export function headerRules(at: readonly string[]): Rule[] {
  return withVariables(at, ['header', 'headers'], isGraveHeader);
}

/** A part of a value is as important as the value. */
function withVariables(at: readonly string[], nouns: readonly [one: string, many: string], isGrave: Grave): Rule[] {
  const withinGrave: Grave = (path, field, value) => isGrave(path.slice(0, -2), field, value);
  return [...inputRules([...at, 'variables', '*'], ['variable', 'variables'], withinGrave), ...inputRules(at, nouns, isGrave)];
}

/** Names of variables for destinations and download locations. */
const ADDRESS = /(^|_)(url|uri|host|hostname|endpoint|server|proxy|address|domain|registry|index)s?($|_)/i;

/** For variables that make an interpreter load code, any change; for an address without a scheme, which {@link addressRisk} does not see, where it points. */
function isGraveVariable(path: readonly Step[], _field: string, value: Json | undefined): boolean {
  const step = path.at(-1);
  const name = step?.name ?? step?.key ?? '';
  if (isSteering(name)) return true;
  const text = asText(value) ?? '';
  return ADDRESS.test(name) && text !== '' && originOf(text) === undefined && !isLoopback(text);
}

/** Headers that every request has without any input. */
function isGraveHeader(_path: readonly Step[], field: string, value: Json | undefined): boolean {
  return field === 'value' && value !== undefined;
}

/** Rules for the arguments of a command: any change makes it run something else. */
export function argumentRules(list: readonly string[], nouns: readonly [one: string, many: string]): Rule[] {
  const [noun, many] = nouns;
  const at = [...list, '*'];
  return [
    {
      at,
      say: (change) => {
        const { kind, isPart } = change;
        const argument = argumentOf(change.after ?? change.before);
        if (kind === 'added') return { attention: 'security', what: [`new ${noun}`, `new ${many}`], ...argument };
        if (kind === 'removed')
          return isPart ? undefined : { attention: 'security', what: [`${noun} removed`, `${many} removed`], ...argument };
        return { attention: 'security', what: `${noun} changed`, ...values(change) };
      },
    },
    orderRule(list, many),
    ...inputRules([...at, 'variables', '*'], [`variable of ${noun}`, `variables of ${noun}`]),
    ...valueRules(at, noun, () => true),
    ...['description', 'placeholder', 'valueHint'].map((key): Rule => ({
      at: [...at, key],
      say: (change) => ofField(change, 'text', changeText(change, `${key === 'valueHint' ? 'hint' : key} of ${noun}`)),
    })),
    { at: [...at, 'name'], say: (change) => ofField(change, 'security', `${noun} changed`) },
  ];
}

/** A rule for an address to which clients connect. */
export function addressRule(at: readonly string[], noun: string): Rule {
  return {
    at,
    say: (change) => {
      if (change.isPart) return undefined;
      const risk = addressRisk(asText(change.before) ?? '', asText(change.after) ?? '');
      return risk === undefined
        ? { attention: 'behavior', what: changeText(change, noun), ...values(change) }
        : { attention: 'security', what: `${noun} ${risk}`, ...values(change) };
    },
  };
}

function valueRules(at: readonly string[], noun: string, isGrave: Grave): Rule[] {
  return SET.map((key) => ({
    at: [...at, key],
    say: (change) => {
      if (change.isPart) return undefined;
      // Whoever sets the address to which something is sent also decides who reads it.
      const risk = addressRisk(asText(change.before) ?? '', asText(change.after) ?? '');
      if (risk !== undefined) return ofField(change, 'security', `${key} of ${noun} ${risk}`);
      const attention = isGrave(change.path.slice(0, -1), key, change.after) ? 'security' : 'behavior';
      return ofField(change, attention, changeText(change, `${key} of ${noun}`));
    },
  }));
}

function ofInput(change: Change, [one, many]: readonly [string, string], isGrave: Grave): RuleResult | undefined {
  const { kind, isPart, before, after } = change;
  const name = nameOf(change);
  if (kind === 'removed') return isPart ? undefined : { attention: 'behavior', what: [`${one} removed`, `${many} removed`], name };
  if (kind !== 'added') return { attention: 'behavior', what: `${one} changed`, name, before, after };
  const input = isObject(after) ? after : {};
  const [secret, required] = [isTrue(input, SECRET), isTrue(input, REQUIRED)];
  const value = SET.map((key) => own(input, key)).find((one) => one !== undefined);
  const notes = [secret ? 'secret' : '', required ? 'required' : ''].filter((note) => note !== '').join(', ');
  const isAddress = addressRisk('', asText(value) ?? '') !== undefined;
  const grave = SET.some((key) => isGrave(change.path, key, own(input, key)));
  return {
    attention: secret || isAddress || grave ? 'security' : 'behavior',
    what: [`new ${one}`, `new ${many}`],
    name,
    ...(notes === '' ? {} : { notes }),
    after: value,
  };
}

function isTrue(input: JsonObject, keys: readonly string[]): boolean {
  return keys.some((key) => own(input, key) === true);
}

function flag(change: Change, noun: string, word: string, { lost }: { readonly lost: Attention }): RuleResult | undefined {
  if (change.isPart) return undefined;
  const [was, is] = [change.before === true, change.after === true];
  const name = nameOf(change, 2);
  if (was && !is) return { attention: lost, what: `${noun} is no longer ${word}`, name };
  if (is && !was) return { attention: 'behavior', what: `${noun} is now ${word}`, name };
  // Absent means no.
  return { attention: 'text', what: `${noun} is written differently`, name };
}

/** An argument as written on a command line. */
function argumentOf(argument: Json | undefined): Pick<RuleResult, 'name' | 'after'> {
  if (!isObject(argument)) return { name: asText(argument) ?? '' };
  const value = own(argument, 'value') ?? own(argument, 'default');
  const name = asText(own(argument, 'name')) ?? asText(own(argument, 'valueHint')) ?? asText(own(argument, 'value_hint'));
  return name === undefined ? { name: asText(value) ?? '' } : { name, after: value };
}
