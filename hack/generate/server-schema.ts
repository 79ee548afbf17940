import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { buildSync } from 'esbuild';
import type { GeneratedFile } from './files.ts';

/** Where the schemas of server.json are, and where the modules made of them go. */
const FOLDER = 'catalog/src/schema';

/** As lenient as url.Parse of Go, which the official registry uses for URLs: those of packages and remotes hold variables in braces. */
const URI = /^(?:https?:\/\/[^\s/?#]|(?!https?:)[a-z][a-z0-9+.-]*:)\S*$/i;

/** Keywords that only describe. They are dropped to save memory. */
const ANNOTATIONS: ReadonlySet<string> = new Set(['$comment', 'title', 'description', 'example', 'examples', 'default']);

/** A module for each schema of server.json with two functions that check a value by it. It imports nothing: what ajv's code needs at run time is put in. */
export function serverSchemas(root: URL): GeneratedFile[] {
  return readdirSync(new URL(FOLDER, root))
    .filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name))
    .sort()
    .map((name) => {
      const schema = JSON.parse(readFileSync(new URL(`${FOLDER}/${name}`, root), 'utf8')) as AnySchemaObject;
      const header = `// Generated from ${name} by \`npm run generate\`; do not edit.\n// @ts-nocheck\n`;
      return { path: `${FOLDER}/${name.replace('.json', '.generated.ts')}`, content: header + bundled(checkingCode(schema), root) };
    });
}

/**
 * The code of two functions. `validate` collects all errors: authors of a server.json want to see them at once. `isValid` stops at the first
 * one and reports none, so that large invalid input is cheap.
 */
function checkingCode(schema: AnySchemaObject): string {
  const rules = withoutAnnotations(schema) as AnySchemaObject;
  return `${collectingCode(rules)}\nexport const isValid = (() => {\n${decidingCode(rules)}\n})();\n`;
}

function collectingCode(rules: AnySchemaObject): string {
  const ajv = newAjv(true);
  const validate = ajv.compile(rules);
  const code = standaloneCode.default(ajv, validate).replace(/^export default .*$/m, '');
  return `${JOINED}${withWholePaths(code, validate).replaceAll(CONCAT, 'joined(vErrors, $1.errors)').replaceAll(PARENTS, '')}`;
}

/** Arguments for rules that these schemas do not use. */
const PARENTS = /, ?parentData(?::[^,]+)?, ?parentDataProperty(?::[^,]+)?, ?rootData(?:=data)?(?=\})/g;

/** Replaces `concat`, which copies all errors for each new one: for thousands it would take seconds. */
const CONCAT = /vErrors === null \? (validate\d+)\.errors : vErrors\.concat\(\1\.errors\)/g;
const JOINED =
  'function joined(errors, more) { if (errors === null) return more; for (const error of more) errors.push(error); return errors; }\n';

/** The errors of this one are not used: neither they nor their paths are created. Each is on its own line. */
function decidingCode(rules: AnySchemaObject): string {
  const ajv = newAjv(false);
  const code = withQuickLengths(standaloneCode.default(ajv, ajv.compile(rules)));
  const name = /^export default (validate\d+);$/m.exec(code)?.[1];
  const body = code
    .replaceAll(/^export .*$/gm, '')
    .replaceAll(/^const schema\d+ = .*$/gm, '')
    .replaceAll(/(?<= = \[?)\{instancePath[:,].*\}(?=\]?;$)/gm, '0')
    .replaceAll(/(?<=\bvalidate\d+\([^,()]+), \{instancePath.*?\}(?:=\{\})?(?=\))/g, '');
  return `${body}\nreturn ${name};`;
}

/** The UTF-16 length of most texts already decides: a character takes one or two units. */
function withQuickLengths(code: string): string {
  return code
    .replaceAll(/(func\d+)\((\w+)\) > (\d+)/g, '$2.length > $3 && $1($2) > $3')
    .replaceAll(/(func\d+)\((\w+)\) < (\d+)/g, '$2.length < 2 * $3 && $1($2) < $3');
}

function newAjv(allErrors: boolean): Ajv {
  const ajv = new Ajv({ allErrors, messages: false, code: { source: true, esm: true, lines: true } });
  ajv.addFormat('uri', URI);
  return ajv;
}

function withoutAnnotations(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutAnnotations);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !ANNOTATIONS.has(key))
      .map(([key, value]) => [key, key === 'properties' || key === 'definitions' ? eachWithout(value) : withoutAnnotations(value)]),
  );
}

/** Its keys are names, not rules. */
function eachWithout(named: unknown): unknown {
  return Object.fromEntries(Object.entries(named as object).map(([name, schema]) => [name, withoutAnnotations(schema)]));
}

/** Within the function of a definition ajv counts paths from there. An error is to name the rule by its place in the whole schema. */
function withWholePaths(code: string, { schemaEnv }: ValidateFunction): string {
  const definitions = new Map<string, string>();
  for (const [url, target] of Object.entries(schemaEnv.root.refs)) {
    const { validateName } = target as { readonly validateName?: { readonly str: string } };
    if (validateName !== undefined) definitions.set(validateName.str, url.slice(url.indexOf('#')));
  }
  return code
    .split(/^(?=function validate\d+\()/m)
    .map((part) => {
      const place = definitions.get(/^function (validate\d+)\(/.exec(part)?.[1] ?? '');
      return place === undefined ? part : part.replaceAll(/schemaPath:"#\/(?!definitions\/)/g, `schemaPath:"${place}/`);
    })
    .join('');
}

/** One module with ajv's few functions of run time in it. */
function bundled(code: string, root: URL): string {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: fileURLToPath(root), loader: 'js' },
    absWorkingDir: fileURLToPath(root),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2024',
    charset: 'ascii',
    minifySyntax: true,
    // Minified: it stays in memory as text, twice, and nobody needs its stack traces.
    minifyIdentifiers: true,
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
}
