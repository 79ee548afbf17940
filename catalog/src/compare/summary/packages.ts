import { asText, own, type Json } from '../../json.ts';
import { packageSource, registryTypeOf } from '../identity.ts';
import { isPlainObject } from '../matching.ts';
import { digestOf } from '../references.ts';
import { addressRule, argumentRules, environmentRules, headerRules } from './inputs.ts';
import { changeText, nameOf, ofField, orderRule, values, type Change, type Rule, type RuleResult } from './rule.ts';
import type { Attention } from './statement.ts';

const PACKAGE = ['server', 'packages', '*'];

/** Rules for the packages from which a server is run. */
export const PACKAGE_RULES: readonly Rule[] = [
  orderRule(['server', 'packages'], 'packages'),
  { at: PACKAGE, say: ofPackage, parts: ['added'] },
  { at: [...PACKAGE, 'identifier'], say: ofIdentifier },
  // The location of a skill (skill.schema.json of toolhive-core): its repository, and the revision.
  { at: [...PACKAGE, 'url'], say: ofIdentifier },
  field('ref', 'commit of package'),
  field('commit', 'commit of package'),
  field('subfolder', 'subfolder of package'),
  field('registryType', 'kind of package registry', 'security'),
  // For a new package as well: it names its origin.
  {
    at: [...PACKAGE, 'registryBaseUrl'],
    say: (change) => ({ attention: 'security', what: changeText(change, 'package registry'), name: nameOf(change, 2), ...values(change) }),
  },
  { at: [...PACKAGE, 'version'], say: ofVersion },
  { at: [...PACKAGE, 'fileSha256'], say: ofDigest },
  field('runtimeHint', 'runtime'),
  { at: [...PACKAGE, 'transport', 'type'], say: (change) => ofTransport(change, changeText(change, 'transport')) },
  addressRule([...PACKAGE, 'transport', 'url'], 'transport URL'),
  ...headerRules([...PACKAGE, 'transport', 'headers', '*']),
  ...environmentRules([...PACKAGE, 'environmentVariables', '*']),
  ...argumentRules([...PACKAGE, 'packageArguments'], ['command argument', 'command arguments']),
  ...argumentRules([...PACKAGE, 'runtimeArguments'], ['runtime argument', 'runtime arguments']),
];

function field(key: string, noun: string, attention: Attention = 'behavior'): Rule {
  return { at: [...PACKAGE, key], say: (change) => ofField(change, attention, changeText(change, noun)) };
}

function ofTransport(change: Change, what: string): RuleResult | undefined {
  return change.isPart ? undefined : { attention: 'behavior', what, name: nameOf(change, 3), ...values(change) };
}

function ofPackage(change: Change): RuleResult | undefined {
  const { kind, after } = change;
  const name = nameOf(change);
  if (kind === 'removed') return change.isPart ? undefined : { attention: 'behavior', what: ['package removed', 'packages removed'], name };
  if (kind !== 'added') return { attention: 'security', what: 'package changed', name, ...values(change) };
  const version = isPlainObject(after) ? asText(own(after, 'version')) : undefined;
  return { attention: 'security', what: ['new package', 'new packages'], name, after: version };
}

/** A version that means whatever is published next: a tag such as `latest`, a range, or nothing. */
function isPinned(version: Json | undefined): boolean {
  return /^v?\d[^\s^~<>=*|]*$/i.test(asText(version) ?? '') && !/(^|\.)x($|\.)/i.test(asText(version) ?? '');
}

/** Another version is a release. Without a version, whoever publishes next decides what is run. */
function ofVersion(change: Change): RuleResult | undefined {
  const isLoose = isPinned(change.before) && !isPinned(change.after);
  return isLoose
    ? ofField(change, 'security', 'package is no longer pinned to a version')
    : ofField(change, 'behavior', changeText(change, 'package version'));
}

/** The same image or download in another version is a normal release. Anything else is a replacement. */
function ofIdentifier(change: Change): RuleResult | undefined {
  if (change.isPart) return undefined;
  const [before, after] = [asText(change.before), asText(change.after)];
  const said = (attention: Attention, what: string): RuleResult => ({ attention, what, ...values(change) });
  if (before === undefined || after === undefined) return said('security', changeText(change, 'package identifier'));
  const type = registryTypeOf(nameOf(change, 2));
  const isSame = packageSource(type, before) === packageSource(type, after);
  if (type !== 'oci') return isSame ? said('behavior', 'package changed') : said('security', 'package comes from another place');
  if (!isSame) return said('security', 'image comes from another repository');
  if (digestOf(before) !== undefined && digestOf(after) === undefined) return said('security', 'image is no longer pinned by its digest');
  if (hasTag(before) && !hasTag(after) && digestOf(after) === undefined) return said('security', 'image is no longer pinned to a version');
  return said('behavior', 'image changed');
}

/** Whether a reference has a tag other than the default one. */
function hasTag(reference: string): boolean {
  const tag = /:([^/:@]+)(?:@|$)/.exec(reference)?.[1];
  return tag !== undefined && tag !== 'latest';
}

/** A changed file under the same name and version is not a release. */
function ofDigest(change: Change): RuleResult | undefined {
  if (change.isPart) return undefined;
  const parent = change.pointer.slice(0, change.pointer.lastIndexOf('/'));
  const isRelease = ['version', 'identifier'].some((key) => change.isListed(`${parent}/${key}`));
  const isSafe = change.kind === 'added' || (change.kind === 'changed' && isRelease);
  return ofField(change, isSafe ? 'behavior' : 'security', changeText(change, 'SHA-256 of package'));
}
