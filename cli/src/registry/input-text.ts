import { asText, isObject, type Json, type JsonObject } from '@toolhive-registry/catalog/entry';
import { scalarText } from '../output/scalar.ts';
import { printable } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';

/** Steps of the indentation of an input, and of a variable within its value. */
const INDENT = '      ';
const DEEPER = '    ';

/**
 * Environment variables, arguments, headers or variables of a server.json below a title, one line each: its name, what it is set to, and what it takes. The
 * variables in its value follow. Nothing where there are none. What a secret is set to is not shown: a terminal may be recorded.
 *
 * @param value a list of inputs, or an object that has them by their names
 */
export function inputSection(title: string, value: Json | undefined, style: Style): string {
  const lines = named(value).map(
    ([name, input]) =>
      `${INDENT}${inputLine(name, input, style)}${named(input['variables'])
        .map(([part, variable]) => `${INDENT}${DEEPER}${inputLine(part, variable, style)}`)
        .join('')}`,
  );
  return lines.length === 0 ? '' : `    ${title}\n${lines.join('')}`;
}

/** Inputs with their names: a list has these in the inputs, an object in its keys. */
function named(value: Json | undefined): [name: string | undefined, input: JsonObject][] {
  if (Array.isArray(value)) return value.filter(isObject).map((input) => [asText(input['name']) ?? asText(input['valueHint']), input]);
  return isObject(value) ? Object.entries(value).flatMap(([name, input]) => (isObject(input) ? [[name, input]] : [])) : [];
}

function inputLine(name: string | undefined, input: JsonObject, style: Style): string {
  const isSecret = input['isSecret'] === true;
  const { value, default: preset, choices } = input;
  const text = (one: Json | undefined): string => (isSecret ? '' : scalarText(one));
  const head = [name, text(value)].filter((part) => part !== undefined && part !== '').join(' = ');
  const fact = (what: string, one: Json | undefined, shown: string): string =>
    scalarText(one) === '' ? '' : isSecret ? `${what} not shown` : shown;
  const facts = [
    input['isRequired'] === true ? 'required' : '',
    isSecret ? 'secret' : '',
    fact('value', value, ''),
    fact('default', preset, `default ${text(preset)}`),
    fact('choices', choices, `one of ${Array.isArray(choices) ? choices.map(scalarText).join(', ') : text(choices)}`),
  ].filter((one) => one !== '');
  const about = asText(input['description']) ?? '';
  const line = `${printable(head === '' ? '?' : head)}${facts.length === 0 ? '' : printable(` (${facts.join('; ')})`)}${about === '' ? '' : `: ${style.dim(printable(about))}`}`;
  return `${line}\n`;
}
