import { ORIGIN_META, type CatalogEntry } from '../entry/entry.ts';
import type { Finding } from '../entry/findings.ts';
import { isExactNumber } from '../exact-json.ts';
import { asText, at, own, type Json, type JsonObject } from '../json.ts';
import { valueAt } from '../pointer.ts';
import { generationByFields, generationOf, KNOWN_GENERATIONS, NEWEST_GENERATION, schemaUrl, type SchemaChecks } from './generations.ts';
import { MAX_ISSUES } from './check.ts';
import { problemsOf, type SchemaProblem } from './problems.ts';
import { hasMoreValues } from './size.ts';

/** A note about an entry, without the entry's name. */
export type SchemaNote = Pick<Finding, 'pointer' | 'rule' | 'message' | 'served'>;

/** Most problems of an entry that a note lists. */
const MAX_NAMED = 3;
/** Most values of an entry up to which schema violations are described; the largest real ones have about a thousand. */
const MAX_VALUES = 2_000;
/** Most errors of all entries together that are examined. A catalog of 80,000 real entries has some 20,000; a hostile one has millions. */
const MAX_ERRORS = 200_000;
/** Most errors of one entry that are described. */
const MAX_ERRORS_OF_ENTRY = 200;
/** The same when all problems of an entry are listed. */
const MAX_VALUES_OF_ALL = 5_000;
const MAX_ERRORS_OF_ALL = 1_000;
/** Longest text of an entry that is repeated. */
const MAX_QUOTED = 80;

/** Checks the entries of one source against the schemas that they name. Violations are served all the same, since clients accept them. */
export class SchemaNotes {
  readonly #checks: SchemaChecks;
  #errors = 0;

  constructor(checks: SchemaChecks) {
    this.#checks = checks;
  }

  /**
   * The violations of the official schema by a server.json as its source has it; undefined: none. Skills and plugins have no such schema, and what was
   * converted from another form, such as ToolHive's, was not written for it.
   */
  of({ kind, server, meta }: CatalogEntry): SchemaNote | undefined {
    if (kind !== 'server' || at(meta, ORIGIN_META, 'format') !== undefined) return undefined;
    const { date, problems, note: only } = this.#look(server, MAX_VALUES, MAX_ERRORS_OF_ENTRY);
    const [first, ...others] = problems;
    if (first === undefined) return only;
    const named = others.slice(0, MAX_NAMED - 1).map((problem) => `${problem.pointer} ${textOf(problem, server)}`);
    const more = others.length - named.length;
    const also = named.length === 0 ? '' : `. Also: ${[...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')}`;
    return note(first.pointer, `${explained(first, server, date)}${also}`);
  }

  /** The same for a server.json as written, with a note for each problem, the first {@link MAX_ISSUES}. */
  allOf(server: JsonObject): SchemaNote[] {
    const { date, problems, note: only } = this.#look(server, MAX_VALUES_OF_ALL, MAX_ERRORS_OF_ALL);
    if (only !== undefined) return [only];
    return problems.slice(0, MAX_ISSUES).map((problem) => note(problem.pointer, explained(problem, server, date)));
  }

  /** `note`: the note if no problem is listed. */
  #look(
    server: JsonObject,
    mostValues: number,
    mostErrors: number,
  ): { date: string; problems: readonly SchemaProblem[]; note?: SchemaNote } {
    const named = asText(own(server, '$schema'));
    const date = named === undefined ? generationByFields(server) : generationOf(named);
    if (date === undefined) return { date: '', problems: [], note: unknownGeneration(named ?? '') };
    const check = this.#checks.get(date);
    if (check === undefined || check.isValid(server)) return { date, problems: [] };
    if (this.#errors >= MAX_ERRORS || hasMoreValues(server, mostValues)) {
      return { date, problems: [], note: note('', `breaks the schema of ${date}; POST /v0.1/validate says where`) };
    }
    const errors = check.errorsOf(server);
    this.#errors += errors.length;
    // Its name has a separate finding, from the rule `name`.
    return { date, problems: problemsOf(errors.slice(0, mostErrors)).filter(({ rule }) => !NAME_PATTERN.test(rule)) };
  }
}

function explained(problem: SchemaProblem, server: Json, date: string): string {
  return `${textOf(problem, server)}; ${problem.remedy} (schema of ${date}, ${problem.rule})`;
}

const NAME_PATTERN = /^#\/definitions\/Server(?:Detail)?(?:\/allOf\/\d+)?\/properties\/name\/pattern$/;

function note(pointer: string, message: string): SchemaNote {
  return { pointer, rule: 'schema', message, served: true };
}

function unknownGeneration(url: string): SchemaNote {
  const known = KNOWN_GENERATIONS.join(', ');
  return note(
    '/$schema',
    `${quoted(url)} is no generation of the schema that is known here, so the entry was not checked; known are ${known}, ` +
      `the newest one as ${schemaUrl(NEWEST_GENERATION)}`,
  );
}

function textOf({ pointer, message, isMissing }: SchemaProblem, server: Json): string {
  const value = isMissing ? undefined : valueAt(server, pointer);
  return value === undefined ? message : `${quoted(value)} ${message}`;
}

/** A value in a message: for large ones, only their type. */
function quoted(value: Json): string {
  if (typeof value === 'string') {
    return value.length <= MAX_QUOTED
      ? JSON.stringify(value)
      : `${JSON.stringify(value.slice(0, MAX_QUOTED))}… (${value.length} characters)`;
  }
  if (isExactNumber(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
