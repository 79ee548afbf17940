import type { JsonObject } from '../../json.ts';
import { isSecret } from './secret.ts';

/** What stands behind the package. The values of flags that are named like secrets are asked for instead. */
export function argumentsOf(list: readonly string[]): { readonly arguments: JsonObject; readonly dropped: readonly string[] } {
  let dropped = false;
  const found: JsonObject[] = [];
  for (let at = 0; at < list.length; at += 1) {
    const text = list[at] ?? '';
    const equals = text.indexOf('=');
    const flag = text.startsWith('-') ? (equals < 0 ? text : text.slice(0, equals)) : undefined;
    if (flag === undefined) {
      found.push({ type: 'positional', value: text });
      continue;
    }
    const next = list[at + 1];
    const value = equals >= 0 ? text.slice(equals + 1) : next?.startsWith('-') === false ? next : undefined;
    if (equals < 0 && value !== undefined) at += 1;
    if (value !== undefined && isSecret(flag)) {
      dropped = true;
      found.push({ type: 'named', name: flag, isRequired: true, isSecret: true });
    } else found.push(value === undefined ? { type: 'named', name: flag } : { type: 'named', name: flag, value });
  }
  return { arguments: found.length === 0 ? {} : { packageArguments: found }, dropped: dropped ? ['the values of secret arguments'] : [] };
}
