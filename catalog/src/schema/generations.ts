/** An error of ajv, as its generated code reports it. */
export interface SchemaError {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  /** JSON pointer to the rule, from the schema's root. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Checks a value by a schema: all that is wrong. */
export type SchemaCheck = (value: unknown) => readonly SchemaError[];

/** What a generated module has. */
interface GeneratedModule {
  readonly validate: unknown;
}

/** The generations that are known, by the date in their `$id`. Loaded with the first use: most servers are never asked to check anything. */
const GENERATIONS: Readonly<Record<string, () => Promise<GeneratedModule>>> = {
  '2025-12-11': () => import('./2025-12-11.generated.ts'),
};

/** The newest generation that is known. */
export const NEWEST_GENERATION = '2025-12-11';

/** The URL by which a server.json names its generation in `$schema`. */
export function schemaUrl(date: string): string {
  return `https://static.modelcontextprotocol.io/schemas/${date}/server.schema.json`;
}

/** The generation that a URL names, if it is known. */
export function generationOf(url: string): string | undefined {
  return Object.keys(GENERATIONS).find((date) => url === schemaUrl(date) || url === `${schemaUrl(date)}#`);
}

/** Loads the check of a generation. Throws an Error for one that is not known. */
export async function loadSchemaCheck(date: string): Promise<SchemaCheck> {
  const load = Object.hasOwn(GENERATIONS, date) ? GENERATIONS[date] : undefined;
  if (load === undefined) throw new Error(`there is no schema of ${date}; known are ${Object.keys(GENERATIONS).join(', ')}`);
  const validate = (await load()).validate as { (value: unknown): boolean; errors?: readonly SchemaError[] | null };
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}
