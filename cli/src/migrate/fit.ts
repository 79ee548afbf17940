import { formatIssue, parseMCPRegistry, type Issue, type MCPRegistryInput } from '@toolhive-registry/api';
import { sourceLabel } from './names.ts';
import type { Fields, Note } from './types.ts';

/** A registry before validation by our schema. */
export interface Candidate {
  readonly manifest: { readonly apiVersion: string; readonly kind: string; readonly metadata: Fields; readonly spec: Fields };
  /** Where the registry was in the old manifest. */
  readonly path: string;
  /** What its sources were, in their order. */
  readonly sources: readonly OldSource[];
}

/** Where a source was in the old manifest, and its name there. */
export interface OldSource {
  readonly path: string;
  readonly oldName: string;
}

/** What our schema accepts of a candidate. */
export interface Fitted {
  /** Undefined: nothing is left that could be served. */
  readonly registry: MCPRegistryInput | undefined;
  readonly notes: readonly Note[];
}

/** Maximum number of parts of one registry that are taken out. */
const MAX_ROUNDS = 200;

/**
 * Removes from a candidate what our schema refuses, with notes, until it accepts it. A part is removed with everything that would be served differently without it: a
 * source whose filter cannot be kept goes as a whole, since without the filter it would serve more than it should.
 */
export function fit(candidate: Candidate): Fitted {
  const notes: Note[] = [];
  let { manifest, sources } = candidate;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const result = parseMCPRegistry(manifest);
    if (result.ok) return { registry: manifest as unknown as MCPRegistryInput, notes };
    const [issue] = result.issues;
    if (issue === undefined) break;
    const cut = cutOf(issue, manifest.spec, sources, candidate.path);
    notes.push(cut.note);
    if (cut.rest === undefined) return { registry: undefined, notes };
    manifest = { ...manifest, spec: cut.rest.spec };
    ({ sources } = cut.rest);
  }
  return { registry: undefined, notes };
}

interface Cut {
  readonly note: Note;
  /** Undefined: nothing is left. */
  readonly rest?: { readonly spec: Fields; readonly sources: readonly OldSource[] };
}

/** Fields of a source without which it serves the same. */
const OPTIONAL_OF_SOURCE: readonly string[] = ['syncPolicy', 'timeout'];
/** Fields of `spec` without which a registry serves something else. */
const VITAL: readonly string[] = ['source', 'sources', 'filter'];

function cutOf(issue: Issue, spec: Fields, sources: readonly OldSource[], path: string): Cut {
  const [, index, field = ''] = /^spec\.sources\[(\d+)\](?:\.(\w+))?/u.exec(issue.path) ?? [];
  if (index !== undefined) return cutSource(issue, spec, sources, Number(index), field);
  const [, name = ''] = /^spec\.(\w+)/u.exec(issue.path) ?? [];
  if (name !== '' && !VITAL.includes(name) && Object.hasOwn(spec, name)) {
    const { [name]: _, ...kept } = spec;
    const remedy = 'write it as the message says, if it is needed';
    return { note: noteOf(`spec.${name}`, `is left out: ${formatIssue(issue)}`, remedy), rest: { spec: kept, sources } };
  }
  return { note: noteOf(path, `cannot be carried over: ${formatIssue(issue)}`, 'correct it in the old manifest and migrate that again') };
}

function cutSource(issue: Issue, spec: Fields, sources: readonly OldSource[], index: number, field: string): Cut {
  const written = Array.isArray(spec['sources']) ? (spec['sources'] as readonly Fields[]) : [];
  const { path, oldName } = sources[index] ?? { path: `spec.sources[${index}]`, oldName: '' };
  if (OPTIONAL_OF_SOURCE.includes(field)) {
    const kept = written.map((source, at) => (at === index ? without(source, field) : source));
    const note = noteOf(`${path}.${field}`, `is left out: ${formatIssue(issue)}`, 'write it as the message says');
    return { note, rest: { spec: { ...spec, sources: kept }, sources } };
  }
  const message = `${sourceLabel(oldName)} is left out: ${formatIssue(issue)}`;
  const note = noteOf(path, message, 'correct it in the old manifest and migrate that again');
  const kept = written.filter((_, at) => at !== index);
  return kept.length === 0
    ? { note }
    : { note, rest: { spec: { ...spec, sources: kept }, sources: sources.filter((_, at) => at !== index) } };
}

function without(fields: Fields, key: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

function noteOf(path: string, message: string, remedy: string): Note {
  return { level: 'todo', path, message, remedy };
}
