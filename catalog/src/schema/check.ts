import { admit } from '../entry/admit.ts';
import type { CatalogEntry } from '../entry/entry.ts';
import { FindingList, kindOf, type Finding } from '../entry/findings.ts';
import { readUpstream } from '../formats/upstream/list.ts';
import { asText, isNestedDeeper, isObject, own, type Json } from '../json.ts';
import { generationOf, loadSchemaCheck, NEWEST_GENERATION, schemaUrl, type SchemaError } from './generations.ts';

/**
 * Something about a server.json, in the form of the official registry's `POST /v0.1/validate` (modelcontextprotocol/registry,
 * internal/validators/validation_types.go).
 */
export interface ServerIssue {
  /** `schema`: of the JSON schema. `semantic`: of what this registry serves. */
  readonly type: 'schema' | 'semantic';
  /** Where, as in `packages[0].transport.url`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** The rule: a place in the schema, or a name. */
  readonly reference: string;
}

/** What is wrong with a server.json, the first {@link MAX_ISSUES}. Valid: no issue is an error. */
export interface ServerCheck {
  readonly valid: boolean;
  readonly issues: readonly ServerIssue[];
}

/** Most issues that are told. */
export const MAX_ISSUES = 100;
/** Most errors of the schema that are looked at: more than lead to {@link MAX_ISSUES}. */
const MAX_ERRORS = 1_000;
/**
 * Most values of a document that is checked, those below `_meta` aside, which no schema looks into. Each may be wrong in several ways, and all that
 * is wrong is held in memory. The largest real entries have about a thousand.
 */
const MAX_VALUES = 5_000;
/** Deepest nesting of a document that is checked. */
const MAX_NESTING = 200;

/** Checks a server.json by the generation of the schema that it names, and whether this registry would serve it. An item of the API around it is read as well. */
export async function checkServerJson(document: Json): Promise<ServerCheck> {
  const server = isObject(document) && isObject(own(document, 'server')) ? (own(document, 'server') ?? null) : document;
  const tooMuch = isNestedDeeper(server, MAX_NESTING) ? `is nested more than ${MAX_NESTING} levels deep` : tooLarge(server);
  if (tooMuch !== undefined) return summary([issue('semantic', '', `the document ${tooMuch}; it was not checked`, 'document-limit')]);
  const named = isObject(server) ? asText(own(server, '$schema')) : undefined;
  const generation = generationOf(named ?? '');
  const check = await loadSchemaCheck(generation ?? NEWEST_GENERATION);
  const schemaIssues = withoutOtherKinds(check(server).slice(0, MAX_ERRORS)).map(schemaIssue);
  const known = new Set(schemaIssues.map(({ path }) => path));
  return summary([
    ...schemaIssues,
    // What the schema says of a place is not said again.
    ...servingIssues(server).filter(({ path }) => !known.has(path)),
    ...(generation === undefined && isObject(server) && !known.has('$schema') ? [generationIssue(named)] : []),
  ]);
}

function summary(issues: readonly ServerIssue[]): ServerCheck {
  // The first of those that say the same: alternatives of a schema have rules in common.
  const distinct = [...Map.groupBy(issues, ({ path, message }) => `${path}\n${message}`).values()].flatMap(([first]) => first ?? []);
  return { valid: !issues.some(({ severity }) => severity === 'error'), issues: distinct.slice(0, MAX_ISSUES) };
}

function issue(type: ServerIssue['type'], path: string, message: string, reference: string): ServerIssue {
  return { type, path, message, severity: 'error', reference };
}

/**
 * Where a value may be of several kinds, told by its `type`, all of them complain. What the others say of one whose kind is known is left out: a
 * remote server without a URL is no local program with a wrong type.
 */
function withoutOtherKinds(errors: readonly SchemaError[]): readonly SchemaError[] {
  const dropped = new Set<SchemaError>();
  for (const { instancePath: place, keyword } of errors) {
    if (keyword !== 'anyOf') continue;
    const below = errors.filter(({ instancePath }) => instancePath === place || instancePath.startsWith(`${place}/`));
    const kinds = new Set(below.filter((error) => error.keyword === 'enum' && error.instancePath === `${place}/type`).map(definitionOf));
    const ofOthers = below.filter((error) => kinds.has(definitionOf(error)));
    // When nothing is left, its type is none of them.
    if (below.some((error) => error.keyword !== 'anyOf' && !ofOthers.includes(error))) for (const error of ofOthers) dropped.add(error);
  }
  return errors.filter((error) => !dropped.has(error));
}

/** The definition that a rule stands in: `#/definitions/SseTransport`. */
function definitionOf({ schemaPath }: SchemaError): string {
  return schemaPath.split('/', 3).join('/');
}

function schemaIssue({ instancePath, schemaPath, keyword, params, message = 'not valid' }: SchemaError): ServerIssue {
  const missing = keyword === 'required' ? asText(params['missingProperty']) : undefined;
  const pointer = missing === undefined ? instancePath : `${instancePath}/${missing}`;
  if (keyword === 'not') return issue('schema', pathOf(pointer), 'is a value that the schema forbids', schemaPath);
  const allowed = Array.isArray(params['allowedValues'])
    ? `: ${params['allowedValues'].map((value) => JSON.stringify(value)).join(', ')}`
    : '';
  return issue('schema', pathOf(pointer), missing === undefined ? `${message}${allowed}` : 'is missing', schemaPath);
}

/** What our own rules say: the rules by which an entry of a source is served, repaired or left out. */
function servingIssues(server: Json): ServerIssue[] {
  const findings = new FindingList();
  const found: CatalogEntry[] = [];
  readUpstream({ pointer: '', items: [server], count: 1, around: [] }, { entry: (entry) => found.push(entry), findings });
  for (const entry of found) admit(entry, findings);
  return findings.kept.map(findingIssue);
}

function findingIssue(finding: Finding): ServerIssue {
  const { pointer, rule, message } = finding;
  const severity = kindOf(finding) === 'leftOut' ? 'error' : 'warning';
  return { ...issue('semantic', pathOf(pointer), message, `catalog-${rule}`), severity };
}

/** The schema does not ask for `$schema`, the official publisher does. */
function generationIssue(named: string | undefined): ServerIssue {
  const newest = schemaUrl(NEWEST_GENERATION);
  const found = named === undefined ? 'is missing' : 'names no schema that is known here';
  return {
    ...issue(
      'schema',
      '$schema',
      `${found}; it was checked by ${newest}`,
      named === undefined ? 'schema-field-required' : 'schema-version-unknown',
    ),
    severity: 'warning',
  };
}

/** `/packages/0/transport` as `packages[0].transport`, the form of the official registry. */
function pathOf(pointer: string): string {
  let path = '';
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (/^\d+$/.test(key)) path += `[${key}]`;
    else path += path === '' ? key : `.${key}`;
  }
  return path;
}

function tooLarge(server: Json): string | undefined {
  let count = 0;
  const visit = (value: Json): void => {
    count += 1;
    if (count > MAX_VALUES || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value) visit(item);
    else for (const key of Object.keys(value)) if (key !== '_meta') visit(value[key] ?? null);
  };
  visit(server);
  return count > MAX_VALUES ? `has more than ${MAX_VALUES} values` : undefined;
}
