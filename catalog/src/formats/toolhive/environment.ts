import { asText, at, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';

/** Inputs of server.json in ToolHive's terms. */
export function toolhiveInputs(value: Json | undefined): Json[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isObject).map((input) =>
    compact({
      name: own(input, 'name'),
      description: own(input, 'description'),
      required: own(input, 'isRequired'),
      secret: own(input, 'isSecret'),
      default: own(input, 'default'),
      choices: own(input, 'choices'),
    }),
  );
}

/**
 * The variables of a package: those it lists, and those given as `-e NAME=value` in the runtime arguments, as publishers of images write them (as in
 * toolhive-core, registry/converters).
 */
export function environmentOf(oci: JsonObject): Json | undefined {
  const listed = toolhiveInputs(own(oci, 'environmentVariables'));
  const runtime = own(oci, 'runtimeArguments');
  const flags = (Array.isArray(runtime) ? runtime : []).filter(isObject).flatMap((argument) => fromFlag(argument) ?? []);
  return flags.length === 0 ? listed : [...(listed ?? []), ...flags];
}

function fromFlag(argument: JsonObject): JsonObject | undefined {
  const flag = own(argument, 'name');
  const value = asText(own(argument, 'value')) ?? '';
  const equals = value.indexOf('=');
  if (own(argument, 'type') !== 'named' || (flag !== '-e' && flag !== '--env') || equals < 0) return undefined;
  const text = value.slice(equals + 1);
  const variable = /^\{(.+)\}$/.exec(text)?.[1];
  const input = variable === undefined ? undefined : at(argument, 'variables', variable);
  return compact({
    name: value.slice(0, equals),
    description: own(argument, 'description'),
    // toolhive-core loses the variable's flag in favor of the argument's.
    required: at(input, 'isRequired') === true ? true : own(argument, 'isRequired'),
    secret: at(input, 'isSecret'),
    default: variable === undefined ? text : at(input, 'default'),
  });
}
