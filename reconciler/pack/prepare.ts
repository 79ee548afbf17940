/**
 * `prepack`: makes of the workspace what is published. Here its modules are TypeScript, which Node runs as it is; below a node_modules folder it refuses
 * to. So they are compiled, and package.json names what came of them until `postpack` puts it back.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { publishedManifest, type Manifest } from './manifest.ts';

const root = new URL('../', import.meta.url);
const file = (name: string): URL => new URL(name, root);

rmSync(file('dist'), { recursive: true, force: true });
execFileSync('tsc', ['--project', file('tsconfig.build.json').pathname], { stdio: ['ignore', 'inherit', 'inherit'] });
copyFileSync(file('../LICENSE'), file('LICENSE'));
// A run before this one may have been cut short.
if (existsSync(file('package.json.workspace'))) renameSync(file('package.json.workspace'), file('package.json'));
const manifest = JSON.parse(readFileSync(file('package.json'), 'utf8')) as Manifest;
const published = `${JSON.stringify(publishedManifest(manifest), undefined, 2)}\n`;
renameSync(file('package.json'), file('package.json.workspace'));
writeFileSync(file('package.json'), published);
