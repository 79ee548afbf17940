import { reasonFacts } from '@toolhive-registry/api';
import { counted } from '../../../output/counted.ts';
import type { ReferenceFacts, RegistryFacts } from '../facts.ts';
import { ok, problem, unknown, warning, type Finding } from '../finding.ts';

/** What the registry itself says of its sources. Nothing where it was not asked. */
export function checkSources({ object, document }: RegistryFacts): Finding[] {
  if (document === undefined) return [];
  if (document.is === 'unseen') return [unknown('sources', document)];
  const { name } = object.metadata;
  const { sources } = document.value;
  const found = sources.flatMap(({ name: source, state, reason = '', message = '', remedy, counts }): Finding[] => {
    const check = `source ${source}`;
    if (state === 'failed')
      return [problem(check, `${reason}: ${message}`, remedy ?? reasonFacts(reason)?.remedy ?? 'the message says what is wrong with it')];
    if (state === 'pending') return [warning(check, 'it has not been read yet', 'wait; if it lasts, the log of the pod says why')];
    const left = counts?.leftOut ?? 0;
    if (left === 0) return [];
    const sentence = `${left} of its entries cannot be served`;
    return [warning(check, sentence, `see which, and why: toolhive-registry report ${name} --source ${source}`)];
  });
  return found.length > 0 ? found : [ok('sources', `${counted(sources.length, 'source')} read, every entry served`)];
}

/** ConfigMaps that sources name. */
export function checkConfigMaps({ object, configMaps }: RegistryFacts): Finding[] {
  const { namespace = '' } = object.metadata;
  return checkReferences('ConfigMaps', configMaps, ({ name, path }) => {
    const key = path.includes('.tls.') ? 'ca.crt' : 'registry.json';
    return `kubectl create configmap ${name} --namespace ${namespace} --from-file=KEY=FILE, with the key of the manifest, ${key} unless it names another`;
  });
}

/** Secrets that the registry names: only whether they are there. */
export function checkSecrets({ object, secrets }: RegistryFacts): Finding[] {
  const { namespace = '' } = object.metadata;
  return checkReferences('Secrets', secrets, ({ name }) => `create Secret ${name} in namespace ${namespace}, or correct the name`);
}

function checkReferences(check: string, references: readonly ReferenceFacts[], remedy: (reference: ReferenceFacts) => string): Finding[] {
  if (references.length === 0) return [];
  const found = references.flatMap((reference): Finding[] => {
    const { isThere, name, path } = reference;
    if (isThere.is === 'unseen' || isThere.value) return [];
    return [problem(check, `${path} names "${name}", which does not exist`, remedy(reference))];
  });
  const [unseen] = references.flatMap(({ isThere }) => (isThere.is === 'unseen' ? [isThere] : []));
  if (unseen !== undefined) found.push(unknown(check, unseen));
  return found.length > 0
    ? found
    : [ok(check, `there are all that it names: ${[...new Set(references.map(({ name }) => name))].join(', ')}`)];
}
