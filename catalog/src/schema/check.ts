import { admit } from '../entry/admit.ts';
import type { CatalogEntry } from '../entry/entry.ts';
import { FindingList, kindOf, type Finding } from '../entry/findings.ts';
import { readUpstream } from '../formats/upstream/list.ts';
import { asText, isNestedDeeper, isObject, own, type Json } from '../json.ts';
import { keysOf } from '../pointer.ts';
import { generationByFields, generationOf, loadSchemaCheck, schemaUrl } from './generations.ts';
import { problemsOf, type SchemaProblem } from './problems.ts';
import { hasMoreValues } from './size.ts';

/**
 * A problem of a server.json, in the form of the official registry's `POST /v0.1/validate` (modelcontextprotocol/registry,
 * internal/validators/validation_types.go).
 */
export interface ServerIssue {
  /** `schema`: from the JSON schema. `semantic`: from the rules of this registry. */
  readonly type: 'schema' | 'semantic';
  /** Where, such as `packages[0].transport.url`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** The rule: a place in the schema, or a name. */
  readonly reference: string;
}

/** The problems of a server.json, the first {@link MAX_ISSUES}. Valid: no issue is an error. */
export interface ServerCheck {
  readonly valid: boolean;
  readonly issues: readonly ServerIssue[];
}

/** Most issues that are reported. */
export const MAX_ISSUES = 100;
/** Most schema errors that are examined: more than result in {@link MAX_ISSUES}. */
const MAX_ERRORS = 1_000;
/** Most values of a document that is checked, except those below `_meta`. The largest real entries have about a thousand. */
const MAX_VALUES = 5_000;
/** Deepest nesting of a document that is checked. */
const MAX_NESTING = 200;

/**
 * Checks a server.json against the generation of the schema that it names, and whether this registry would serve it. An item of the API around it is accepted
 * as well.
 */
export async function checkServerJson(document: Json): Promise<ServerCheck> {
  const server = isObject(document) && isObject(own(document, 'server')) ? (own(document, 'server') ?? null) : document;
  const tooMuch = isNestedDeeper(server, MAX_NESTING)
    ? `is nested more than ${MAX_NESTING} levels deep`
    : hasMoreValues(server, MAX_VALUES)
      ? `has more than ${MAX_VALUES} values`
      : undefined;
  if (tooMuch !== undefined) return summary([issue('semantic', '', `the document ${tooMuch}; it was not checked`, 'document-limit')]);
  const named = isObject(server) ? asText(own(server, '$schema')) : undefined;
  const known = generationOf(named ?? '');
  const generation = known ?? generationByFields(server);
  const check = await loadSchemaCheck(generation);
  const schemaIssues = problemsOf(check.errorsOf(server).slice(0, MAX_ERRORS)).map(schemaIssue);
  const reported = new Set(schemaIssues.map(({ path }) => path));
  return summary([
    ...schemaIssues,
    // Problems at a place that the schema already reports are not repeated.
    ...servingIssues(server).filter(({ path }) => !reported.has(path)),
    ...(known === undefined && isObject(server) && !reported.has('$schema') ? [generationIssue(named, generation)] : []),
  ]);
}

function summary(issues: readonly ServerIssue[]): ServerCheck {
  return { valid: !issues.some(({ severity }) => severity === 'error'), issues: issues.slice(0, MAX_ISSUES) };
}

function issue(type: ServerIssue['type'], path: string, message: string, reference: string): ServerIssue {
  return { type, path, message, severity: 'error', reference };
}

function schemaIssue({ pointer, rule, message }: SchemaProblem): ServerIssue {
  return issue('schema', pathOf(pointer), message, rule);
}

/** Our own rules, by which an entry of a source is served, repaired or left out. */
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

/** The schema does not require `$schema`, but the official publisher does. */
function generationIssue(named: string | undefined, generation: string): ServerIssue {
  const found = named === undefined ? 'is missing' : 'names no schema that is known here';
  return {
    ...issue(
      'schema',
      '$schema',
      `${found}; it was checked by ${schemaUrl(generation)}`,
      named === undefined ? 'schema-field-required' : 'schema-version-unknown',
    ),
    severity: 'warning',
  };
}

/** `/packages/0/transport` as `packages[0].transport`, the form of the official registry. */
function pathOf(pointer: string): string {
  let path = '';
  for (const key of keysOf(pointer)) {
    if (/^\d+$/.test(key)) path += `[${key}]`;
    else path += path === '' ? key : `.${key}`;
  }
  return path;
}
