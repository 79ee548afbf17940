import { at, isObject, own, type Json } from '../json.ts';

/** An error of ajv, as its generated code reports it. */
export interface SchemaError {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  /** JSON pointer to the rule, from the schema's root. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Validates a value against a schema. */
export interface SchemaCheck {
  /** Stops at the first error, for large numbers of values. */
  isValid(value: unknown): boolean;
  /** All errors. Their number grows with the value: limit that first. */
  errorsOf(value: unknown): readonly SchemaError[];
}

/** The validators of all generations, by date. */
export type SchemaChecks = ReadonlyMap<string, SchemaCheck>;

/** The exports of a generated module. */
interface GeneratedModule {
  readonly validate: unknown;
  readonly isValid: unknown;
}

const october = (): Promise<GeneratedModule> => import('./2025-10-17.generated.ts');

/** The known generations, by the date in their `$id`. Loaded on first use: a start without data validates nothing. */
const GENERATIONS: Readonly<Record<string, () => Promise<GeneratedModule>>> = {
  '2025-07-09': () => import('./2025-07-09.generated.ts'),
  '2025-09-16': () => import('./2025-09-16.generated.ts'),
  '2025-09-29': () => import('./2025-09-29.generated.ts'),
  // Published twice: the later one is the same schema except for its date.
  '2025-10-11': october,
  '2025-10-17': october,
  '2025-12-11': () => import('./2025-12-11.generated.ts'),
};

/** The dates of the known generations, oldest first. */
export const KNOWN_GENERATIONS: readonly string[] = Object.keys(GENERATIONS);

/** The newest known generation. */
export const NEWEST_GENERATION = '2025-12-11';

/** The only generation whose fields are written in snake_case. */
const SNAKE_CASE_GENERATION = '2025-07-09';

/** Fields of it that every later generation spells differently. */
const SNAKE_CASE_FIELDS = [
  'registry_type',
  'registry_base_url',
  'file_sha256',
  'runtime_hint',
  'runtime_arguments',
  'package_arguments',
  'environment_variables',
];

/** The URL by which a server.json names its generation in `$schema`. */
export function schemaUrl(date: string): string {
  return `https://static.modelcontextprotocol.io/schemas/${date}/server.schema.json`;
}

/** The URL may have a fragment for the definition of a server. */
const DATES: ReadonlyMap<string, string> = new Map(
  KNOWN_GENERATIONS.flatMap((date) => ['', '#', '#/definitions/ServerDetail'].map((fragment) => [`${schemaUrl(date)}${fragment}`, date])),
);

/** The generation that a URL names, if it is known. */
export function generationOf(url: string): string | undefined {
  return DATES.get(url);
}

/** The generation against which a server.json without `$schema` is checked: the newest one, or the one whose fields it has. */
export function generationByFields(server: Json): string {
  const packages = at(server, 'packages');
  const isSnakeCase =
    at(server, 'website_url') !== undefined ||
    (Array.isArray(packages) && packages.some((one) => isObject(one) && SNAKE_CASE_FIELDS.some((field) => own(one, field) !== undefined)));
  return isSnakeCase ? SNAKE_CASE_GENERATION : NEWEST_GENERATION;
}

/** Loads the validator of a generation. Throws an Error for an unknown one. */
export async function loadSchemaCheck(date: string): Promise<SchemaCheck> {
  const load = Object.hasOwn(GENERATIONS, date) ? GENERATIONS[date] : undefined;
  if (load === undefined) throw new Error(`there is no schema of ${date}; known are ${KNOWN_GENERATIONS.join(', ')}`);
  const loaded = await load();
  const validate = loaded.validate as { (value: unknown): boolean; errors?: readonly SchemaError[] | null };
  return {
    isValid: loaded.isValid as SchemaCheck['isValid'],
    errorsOf: (value) => (validate(value) ? [] : (validate.errors ?? [])),
  };
}

/** Loads the validators of all generations, for callers that cannot wait later. */
export async function loadSchemaChecks(): Promise<SchemaChecks> {
  return new Map(await Promise.all(KNOWN_GENERATIONS.map(async (date) => [date, await loadSchemaCheck(date)] as const)));
}
