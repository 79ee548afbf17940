import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the reference of the framework is, from the repository's root. */
export const apiReferenceFile = 'reconciler/docs/api.md';

const HEAD = `<!-- Generated from the doc comments in reconciler/src by \`npm run generate\`; do not edit. -->

# API reference

Everything that \`@toolhive-registry/reconciler\` exports, with its doc comments. Times are milliseconds unless the name says otherwise. What a test needs is in [\`@toolhive-registry/reconciler/testing\`](#testing).
`;

/** Chapters, in the order in which one reads, by the folder of \`reconciler/src\` that the declarations are in. */
const CHAPTERS: Readonly<Record<string, string>> = {
  manager: 'Manager',
  builder: 'Building a controller',
  controller: 'Controllers',
  apply: 'Applying objects',
  status: 'Status',
  events: 'Events',
  leadership: 'Leader election',
  client: 'The API client',
  informer: 'Informers',
  queue: 'The work queue',
  '': 'All else',
};

/** One thing that a module exports. */
interface Export {
  readonly name: string;
  /** Path of its module, without extension, from \`src\`. */
  readonly module: string;
}

/** The reference of the framework, from its declarations as the compiler writes them. */
export function apiReference(root: URL): string {
  const types = mkdtempSync(join(tmpdir(), 'reconciler-types-'));
  try {
    const project = fileURLToPath(new URL('reconciler/tsconfig.build.json', root));
    execFileSync('tsc', ['--project', project, '--emitDeclarationOnly', '--outDir', types], { stdio: ['ignore', 'inherit', 'inherit'] });
    const source = (module: string): string => readFileSync(join(types, `${module}.d.ts`), 'utf8');
    const exported = exportsOf(source('index'), '');
    const chapters = Object.entries(CHAPTERS).map(([folder, title]) =>
      chapter(
        title,
        exported.filter(({ module }) => chapterOf(module) === folder),
        source,
      ),
    );
    return [HEAD, ...chapters, chapter('Testing', exportsOf(source('testing/index'), 'testing/'), source)].join('\n');
  } finally {
    rmSync(types, { recursive: true, force: true });
  }
}

function chapterOf(module: string): string {
  const folder = module.includes('/') ? module.slice(0, module.indexOf('/')) : '';
  return folder in CHAPTERS ? folder : '';
}

function chapter(title: string, exported: readonly Export[], source: (module: string) => string): string {
  const found = exported.map(({ name, module }) => declarationOf(name, source(module)));
  // What one calls comes first, and what that takes and answers below it.
  const sections = found.toSorted((one, other) => rank(one) - rank(other)).map(section);
  return [`## ${title}\n`, ...sections].join('\n');
}

/** What \`export { … } from '…'\` lines name, in their order. */
function exportsOf(index: string, folder: string): Export[] {
  return [...index.matchAll(/export (?:type )?\{([^}]*)\} from '\.\/([^']+)\.ts'/g)].flatMap(([, names = '', module = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ({ name, module: `${folder}${module}` })),
  );
}

/** A declaration, and its doc comment. */
interface Declaration {
  readonly name: string;
  readonly comment: string;
  readonly code: string;
}

function rank({ code }: Declaration): number {
  return ['class', 'function', 'const'].findIndex((keyword) => code.startsWith(`${keyword} `)) >>> 0;
}

function declarationOf(name: string, source: string): Declaration {
  const found = new RegExp(
    String.raw`(?:/\*\*((?:(?!\*/)[\s\S])*)\*/\n)?^export (?:declare )?(?:abstract )?(?:class|interface|type|function|const) ${name}\b`,
    'm',
  ).exec(source);
  if (found === null) throw new Error(`there is no declaration of ${name}`);
  const [matched, comment] = found;
  if (comment === undefined) throw new Error(`${name} has no doc comment`);
  const from = found.index + matched.lastIndexOf('export ');
  const code = source
    .slice(from, endOf(source, from))
    .replace(/^export (declare )?/, '')
    .replace(/^ +#private;\n/m, '')
    .replace(/^( {4})+/gm, (indent) => indent.slice(indent.length / 2));
  return { name, comment: text(comment), code };
}

function section({ name, comment, code }: Declaration): string {
  return `### \`${name}\`\n\n${comment}\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
}

/** The end of a declaration: after its block, or before the semicolon outside of brackets. Comments may contain anything. */
function endOf(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (char === '/' && source[at + 1] === '*') at = source.indexOf('*/', at) + 1;
    else if (char === '{' || char === '(' || char === '[') depth += 1;
    else if (char === '}' || char === ')' || char === ']') {
      depth -= 1;
      // The block of a class or interface has no semicolon behind it.
      if (depth === 0 && char === '}' && source[at + 1] === '\n') return at + 1;
    } else if (char === ';' && depth === 0) return at;
  }
  return source.length;
}

/** A doc comment as prose. */
function text(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .filter((line) => line !== '')
    .join(' ');
}
