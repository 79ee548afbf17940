import { crdName, declaredPart, groups, missingFields, rootSchema, type RegistryGroup } from '@toolhive-registry/api';
import type { CrdFacts } from '../facts.ts';
import { ok, problem, unknown, warning, type Finding } from '../finding.ts';

/** Maximum number of fields that a sentence names. */
const MAX_NAMED = 8;

/** Whose the CRDs are, and whether they have all fields. `isReleased`: a controller of this program's version runs, so that older CRDs have been forgotten. */
export function checkCrds(crds: readonly CrdFacts[], isReleased: boolean): Finding[] {
  const ours = crds.flatMap(({ group, owner }) => (owner.is === 'seen' && owner.value.whose === 'ours' ? [group] : []));
  return crds.map((crd) => checkCrd(crd, ours, isReleased));
}

function checkCrd({ group, owner, schema }: CrdFacts, ours: readonly RegistryGroup[], isReleased: boolean): Finding {
  const check = crdName(group);
  if (owner.is === 'unseen') return unknown(check, owner);
  if (owner.value.whose === 'ours') return checkFields(group, schema, isReleased);
  const other = groups.find((one) => one !== group && ours.includes(one));
  const instead = `write apiVersion: ${other ?? ''}/v1alpha1 in manifests`;
  if (owner.value.whose === 'foreign') {
    const sentence = `the CRD is not that of toolhive-registry: it is ToolHive's or another product's (${owner.value.why}), and its objects are left alone`;
    return other === undefined
      ? problem(check, sentence, `install ${crdName(groups[1])} beside it: ${applied(groups[1])}`)
      : warning(check, `${sentence}; MCPRegistries of ${other} work here`, instead);
  }
  return other === undefined
    ? problem(check, 'the CRD is not installed', applied(group))
    : warning(check, 'the CRD is not installed', `${instead}, or install it: ${applied(group)}`);
}

function checkFields(group: RegistryGroup, schema: unknown, isReleased: boolean): Finding {
  const check = crdName(group);
  const own = declaredPart(rootSchema(group));
  const published = declaredPart(schema);
  const missing = missingFields(published, own);
  if (missing.length > 0) {
    const report = isReleased ? problem : warning;
    const what = isReleased ? 'is older than the controller' : 'is older than this program';
    return report(
      check,
      `the CRD ${what}: it lacks ${named(missing)}; what manifests set there is dropped`,
      `${applied(group)}; helm upgrade of the chart does that too, unless crds.upgrade turns it off`,
    );
  }
  const more = missingFields(own, published);
  return ok(
    check,
    more.length === 0 ? 'the CRD is as this program knows it' : `the CRD is newer than this program: it also has ${named(more)}`,
  );
}

function named(fields: readonly string[]): string {
  const more = fields.length - MAX_NAMED;
  return more > 0 ? `${fields.slice(0, MAX_NAMED).join(', ')} and ${more} more` : fields.join(', ');
}

function applied(group: RegistryGroup): string {
  return `kubectl apply --server-side -f crds/${group}_mcpregistries.yaml, from the checkout or the chart of the controller's version`;
}
