import type { z } from 'zod';
import { crdSchema } from './crd/schema.ts';
import { apiVersion, apiVersions, kind } from './group.ts';
import { formatPath, issue, type Issue } from './issue.ts';
import { isObject, unknownField, unknownFields, withoutNulls } from './known-fields.ts';
import { metadataFields, registrySchema } from './schema/registry.ts';
import { specSchema } from './schema/spec.ts';
import { statusSchema } from './schema/status.ts';
import { toolhiveIssue } from './toolhive.ts';
import type { MCPRegistry } from './types.ts';

/** Options of `parseMCPRegistry`. */
export interface ParseOptions {
  /** `refuse` (default) reports unknown fields, as `kubectl apply` does; `ignore` drops them, for objects of other versions. */
  readonly unknownFields?: 'refuse' | 'ignore';
}

/** A valid registry with defaults, or everything that is wrong with it. */
export type ParseResult = { readonly ok: true; readonly registry: MCPRegistry } | { readonly ok: false; readonly issues: readonly Issue[] };

const specFields = crdSchema(specSchema);
const statusFields = crdSchema(statusSchema);
/** More would bury the first ones. */
const maxIssues = 100;
const rootFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/**
 * Checks a parsed YAML or JSON document as the API server would, and applies defaults. Never throws for bad input: every fault is an issue with its path and a
 * remedy.
 */
export function parseMCPRegistry(value: unknown, options: ParseOptions = {}): ParseResult {
  if (!isObject(value))
    return { ok: false, issues: [issue('', `is not an MCPRegistry; write apiVersion: ${apiVersion} and kind: ${kind}`, value)] };
  // A manifest of another version of ours may have any of these fields.
  const toolhives = value['kind'] === kind && options.unknownFields !== 'ignore' ? toolhiveIssue(value) : undefined;
  if (toolhives !== undefined) return { ok: false, issues: [toolhives] };
  const wrongKind = kindIssues(value);
  if (wrongKind.length > 0) return { ok: false, issues: wrongKind };
  const issues = options.unknownFields === 'ignore' ? [] : allUnknownFields(value);
  const { metadata, spec, status, ...head } = value;
  const cleaned = {
    ...head,
    ...(isObject(metadata)
      ? { metadata: Object.fromEntries(Object.entries(metadata).filter(([, child]) => child !== null)) }
      : { metadata }),
    ...(spec === undefined || spec === null ? {} : { spec: withoutNulls(spec, specFields) }),
    ...(status === undefined || status === null ? {} : { status: withoutNulls(status, statusFields) }),
  };
  const result = registrySchema.safeParse(cleaned, { reportInput: true });
  if (!result.success) for (const found of result.error.issues) issues.push(zodIssue(found));
  if (issues.length > 0 || !result.success) {
    const more = issues.length - maxIssues;
    return {
      ok: false,
      issues: more > 0 ? [...issues.slice(0, maxIssues), issue('', `and ${more} more faults; correct those above first`)] : issues,
    };
  }
  return { ok: true, registry: result.data };
}

function kindIssues(value: Record<string, unknown>): Issue[] {
  const issues: Issue[] = [];
  if (!apiVersions.some((known) => known === value['apiVersion']))
    issues.push(issue('apiVersion', `must be ${apiVersions.join(' or ')}`, value['apiVersion'] ?? null));
  if (value['kind'] !== kind) issues.push(issue('kind', `must be ${kind}`, value['kind'] ?? null));
  return issues;
}

function allUnknownFields(value: Record<string, unknown>): Issue[] {
  const { metadata, spec, status } = value;
  return [
    ...Object.keys(value)
      .filter((key) => !rootFields.includes(key))
      .map((key) => unknownField([key], rootFields)),
    ...(isObject(metadata) ? Object.keys(metadata) : [])
      .filter((key) => !metadataFields.includes(key))
      .map((key) => unknownField(['metadata', key], metadataFields)),
    ...unknownFields(spec, specFields, ['spec']),
    ...unknownFields(status, statusFields, ['status']),
  ];
}

/** A zod issue in this project's words if zod's own offer no remedy. */
function zodIssue(found: z.core.$ZodIssue): Issue {
  const path = formatPath(found.path);
  switch (found.code) {
    case 'custom':
      // A rule across several fields of an object: its message names them, and the object itself would not help.
      return issue(path, found.message, typeof found.input === 'object' ? undefined : found.input);
    case 'invalid_type':
      return found.input === undefined
        ? issue(path, 'Required value: is missing; add it')
        : issue(path, `must be ${article(found.expected)}`, found.input);
    case 'invalid_value':
      return found.input === undefined
        ? issue(path, 'Required value: is missing; add it')
        : issue(path, `Unsupported value: use one of ${found.values.map((one) => JSON.stringify(one)).join(', ')}`, found.input);
    case 'too_small':
      return issue(
        path,
        found.origin === 'array' ? `must have at least ${found.minimum} items` : `must be at least ${found.minimum}`,
        found.input,
      );
    case 'too_big':
      return issue(
        path,
        found.origin === 'array' ? `must have at most ${found.maximum} items` : `must be at most ${found.maximum}`,
        found.input,
      );
    case 'invalid_union':
      return issue(path, 'must be a number or a text', found.input);
    default:
      return issue(path, found.message, found.input);
  }
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    object: 'an object (fields with values)',
    record: 'an object (fields with values)',
    array: 'a list',
    int: 'a whole number',
    string: 'a text; put it in quotes',
    boolean: 'true or false',
  };
  return words[expected] ?? `a ${expected}`;
}
