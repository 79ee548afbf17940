import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Files of the page, as a registry server serves them. */
export interface Page {
  /** The document, with {@link BASE_PLACE} where a `base` element may stand. Everything it refers to is below `ui/`, without a slash before it. */
  readonly html: string;
  /** What is below `ui/`. Names have a hash of the content, so a name never means other bytes. */
  readonly files: readonly PageFile[];
  /** The source files, as paths from the root of the repository. */
  readonly inputs: readonly string[];
}

/** One file below `ui/`. */
export interface PageFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Stands in the document where the server names the path below which clients find it. */
export const BASE_PLACE = '<!-- base -->';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const;

/** Builds the page from its sources. The same sources give the same bytes. */
export async function buildPage(): Promise<Page> {
  const { outputFiles, metafile } = await build({
    entryPoints: ['web/src/main.tsx'],
    entryNames: 'page-[hash]',
    chunkNames: '[name]-[hash]',
    outdir: 'ui',
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    // Browsers of two years ago: Baseline 2024.
    target: ['chrome125', 'firefox126', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    legalComments: 'none',
    // One file for the bundle of the server, which is ASCII (hack/build/options.ts).
    charset: 'ascii',
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  const files = outputFiles.map(({ path, contents }): PageFile => {
    const name = basename(path);
    return { name, contentType: name.endsWith('.css') ? TYPES.css : TYPES.js, bytes: contents };
  });
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint !== undefined);
  if (entry === undefined) throw new Error('the page has no entry');
  const [script, { cssBundle, imports }] = entry;
  return { html: documentOf(basename(script), cssBundle, first(imports)), files, inputs: Object.keys(metafile.inputs) };
}

/** Chunks that the entry imports statically, to be preloaded. */
function first(imports: readonly { readonly path: string; readonly kind: string }[]): string[] {
  return imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path));
}

function documentOf(script: string, css: string | undefined, chunks: readonly string[]): string {
  const links = [
    ...(css === undefined ? [] : [`<link rel="stylesheet" href="ui/${basename(css)}">`]),
    ...chunks.map((chunk) => `<link rel="modulepreload" href="ui/${chunk}">`),
    `<script type="module" src="ui/${script}"></script>`,
  ];
  return readFileSync(`${SOURCES}page.html`, 'utf8').replace('<!-- files -->', links.join('\n    '));
}
