import { enforcementModes, type EnforcementMode, labels, serverKinds } from '@toolhive-registry/api';
import { MAX_TEMPLATE_URL } from '@toolhive-registry/catalog/references';
import { ALPHABET, BUCKETS, COUNTED, parameterKeys } from '../names.ts';
import { quoted, type Variable } from './cel.ts';
import { comparedExpression } from './compared.ts';
import { namedExpression } from './named.ts';

/** The part of a policy's spec that follows from the table of kinds: everything except the failure policy, which whoever installs it chooses. */
export interface PolicySpec {
  readonly paramKind?: { readonly apiVersion: string; readonly kind: string };
  readonly matchConstraints: { readonly resourceRules: readonly ResourceRule[] };
  readonly matchConditions?: readonly Variable[];
  readonly variables: readonly Variable[];
  readonly validations: readonly {
    readonly expression: string;
    readonly message: string;
    readonly messageExpression?: string;
    readonly reason: string;
  }[];
}

interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly string[];
  readonly resources: readonly string[];
}

/** CEL: a value of the parameter ConfigMap; '' when absent. */
const value = (key: string): string => `variables.data[?${key}].orValue('')`;
/** CEL: the names in such a value. */
const namesIn = (key: string): string => `${value(quoted(key))}.split(' ').filter(r, r != '')`;
/** CEL: the label of an object. */
const label = (key: string): string => `object.metadata.?labels[?${quoted(key)}].orValue('')`;

/** The word for a kind of reference in messages and queries. */
const WORDS = { images: 'image', urls: 'url', packages: 'package' } as const;

/**
 * The policy of a mode. It refuses an object that newly references an image, a URL or a package that is not listed by the registry to which the object belongs,
 * or by none of the enforcing registries if it belongs to none. An update that keeps its references passes, and so does every deletion. With several parameter
 * ConfigMaps it is evaluated once for each, and each decides about its own part of the references.
 */
export function policySpec(mode: EnforcementMode): PolicySpec {
  const active = mode === 'audit' ? enforcementModes.map((one) => namesIn(one)).join(' + ') : namesIn(mode);
  const sees = mode === 'audit' ? `${namesIn('audit')}.size() > 0` : 'variables.active.size() > 0';
  const order = `(c[0] + ' ' + c[2])`;
  const inRange = `${order} >= ${value(quoted(parameterKeys.from))} && (${value(quoted(parameterKeys.to))} == '' || ${order} < ${value(quoted(parameterKeys.to))})`;
  const listed = `${value(`c[0] + '.' + r + '.' + c[3]`)}.contains('\\n' + c[2] + '\\n')`;
  const admitted = `c[0] == 'urls' && c[2].size() <= ${MAX_TEMPLATE_URL} && ${value(`'templates.' + r`)}.split('\\n').exists(t, t != '' && c[2].matches(t))`;
  const variables: Variable[] = [
    { name: 'data', expression: 'has(params.data) ? params.data : {}' },
    { name: 'active', expression: active },
    // An update that leaves the spec alone runs nothing new: finalizers and labels are not checked, whatever the object looks like.
    { name: 'isSeen', expression: `(${sees}) && (oldObject == null || object.?spec != oldObject.?spec)` },
    { name: 'subject', expression: `object.kind + '.' + object.apiVersion.split('/')[0]` },
    { name: 'states', expression: 'oldObject == null ? [object] : [object, oldObject]' },
    { name: 'named', expression: `variables.isSeen ? variables.states.map(o, ${namedExpression('o', 'variables.subject')}) : [[]]` },
    {
      name: 'fresh',
      expression: `variables.named[0].filter(n, variables.named.size() == 1 || n.startsWith('fields ') || !(n in variables.named[1]))`,
    },
    { name: 'compared', expression: withBucket(comparedExpression('variables.fresh')) },
    // A label that names a registry of another namespace does not concern those of this one.
    {
      name: 'registry',
      expression: `${label(labels.registryNamespace)} in ['', request.namespace] ? ${label(labels.registryName)} : ''`,
    },
    { name: 'required', expression: 'variables.registry in variables.active ? [variables.registry] : variables.active' },
    {
      name: 'refused',
      expression: `variables.compared.filter(c, ${inRange} && !(c[2] != '' && !c[2].contains('\\n') && variables.required.exists(r, ${listed} || ${admitted})))`,
    },
    { name: 'who', expression: `object.kind + ' "' + object.metadata.?name.orValue(object.metadata.?generateName.orValue('')) + '"'` },
  ];
  const verb = mode === 'audit' ? 'would be refused' : 'is refused';
  const isUnknown = `variables.registry != '' && !(variables.registry in ${namesIn(parameterKeys.registries)})`;
  return {
    paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    matchConstraints: { resourceRules: resourceRules() },
    variables,
    validations: [
      {
        expression: `!variables.isSeen || ${value(quoted(parameterKeys.from))} != '' || variables.fresh.size() == 0 || !(${isUnknown})`,
        message: 'the label toolhive.stacklok.io/registry-name names an MCPRegistry that does not exist',
        messageExpression:
          `variables.who + ' ${verb}: its label ${labels.registryName} is "' + variables.registry + '", and there is no such MCPRegistry in namespace ' + ` +
          `request.namespace + '; name one of ' + ${namesIn(parameterKeys.registries)}.join(', ')`,
        reason: 'Forbidden',
      },
      {
        expression: '!variables.isSeen || variables.refused.size() == 0',
        message: 'it names an image, URL or package that is not in the catalog of a registry that this namespace enforces',
        messageExpression: refusalMessage(verb),
        reason: 'Forbidden',
      },
    ],
  };
}

/** CEL: the same with the bucket as a fourth element, as `bucketOf` computes it. */
function withBucket(compared: string): string {
  const size = 'c[2].size()';
  const counted = `c[2].substring(${size} > ${COUNTED} ? ${size} - ${COUNTED} : 0)`;
  const sum = `(${size} + ${counted}.split('').map(k, ${quoted(ALPHABET)}.indexOf(k)).sum())`;
  return `(${compared}).map(c, c + [c[2] == '' ? '' : string(${sum} % ${BUCKETS})])`;
}

/** Most characters of a reference that a message repeats. */
const MAX_TEXT = 200;

/** CEL: the refused references, the registries that refuse them, and how to find out why. */
function refusalMessage(verb: string): string {
  const text = `c[1].replace('\\n', ' ')`;
  const short = `(${text}.size() > ${MAX_TEXT} ? ${text}.substring(0, ${MAX_TEXT}) + '...' : ${text})`;
  const words = Object.entries(WORDS)
    .map(([kind, word]) => `c[0] == ${quoted(kind)} ? ${quoted(`${word === 'url' ? 'URL' : word} `)} + ${short} : `)
    .join('');
  const shown = `${words}c[0] == 'commands' ? 'command ' + ${short} + ' (which is no plain package of npm or PyPI)' : c[0] == 'fields' ? 'field ' + ${short} + ' (which is not spelled as Kubernetes spells it)' : 'an object that names no image, URL or package'`;
  // Quoted for a shell, so that nothing in the text can escape the quotes.
  const safe = `${short}.replace("'", '')`;
  const asked = `variables.refused.filter(c, c[0] in ${quoted(Object.keys(WORDS))}).map(c, ${Object.entries(WORDS)
    .map(([kind, word]) => `c[0] == ${quoted(kind)} ? ${quoted(`${word}=`)} + ${safe}`)
    .join(' : ')} : '')`;
  return (
    `variables.who + ' ${verb}: ' + variables.refused.map(c, ${shown}).join('; ') + ` +
    `' is not in the catalog of ' + variables.required.join(' or ') + ', which namespace ' + request.namespace + ' enforces' + ` +
    `${asked}.map(q, '; to see why: kubectl -n ' + request.namespace + ' port-forward deployment/' + variables.required[0] + '-api 8081, then ` +
    `curl -sG localhost:8081/registry/explain --data-urlencode ' + "'" + q + "'").join('')`
  );
}

/** One rule per group: its kinds, in every version. */
function resourceRules(): ResourceRule[] {
  const groups = [...new Set(serverKinds.map(({ group }) => group))];
  return groups.map((group) => ({
    apiGroups: [group],
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE'],
    resources: [...new Set(serverKinds.filter((kind) => kind.group === group).map(({ plural }) => plural))],
  }));
}
