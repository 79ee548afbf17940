/** `postpack`: puts the workspace's own package.json back. */
import { existsSync, renameSync, rmSync } from 'node:fs';

const file = (name: string): URL => new URL(`../${name}`, import.meta.url);

if (existsSync(file('package.json.workspace'))) renameSync(file('package.json.workspace'), file('package.json'));
rmSync(file('LICENSE'), { force: true });
