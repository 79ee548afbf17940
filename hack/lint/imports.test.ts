import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkImports } from './imports.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'imports-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function problems(file: string, source: string): string[] {
  mkdirSync(join(root, dirname(file)), { recursive: true });
  writeFileSync(join(root, file), source);
  return checkImports(root);
}

test.each<[file: string, source: string, problem: string]>([
  ['catalog/src/a.ts', "import { x } from '../../registry-server/src/errors.ts';", 'leaves the package'],
  ['reconciler/src/deep/er/a.ts', "import { x } from '../../../../api/src/index.ts';", 'leaves the package'],
  ['registry-server/src/a.ts', "import { x } from '../../catalog/src/index.ts';", 'leaves the package'],
  ['cli/src/a.ts', "import { x } from '../../registry-server/src/server.ts';", 'leaves the package'],
  ['api/src/a.ts', "export * from '../../catalog/src/index.ts';", 'leaves the package'],
  ['api/src/a.ts', "import type { X } from '../../catalog/src/index.ts';", 'leaves the package'],
  ['api/src/a.ts', "import {\n  x,\n} from '../../catalog/src/index.ts';", 'leaves the package'],
  ['api/src/a.ts', "import '../../catalog/src/index.ts';", 'leaves the package'],
  ['api/src/a.ts', "const x = await import('../../catalog/src/index.ts');", 'leaves the package'],
  ['api/src/a.ts', 'const x = await import(`../../catalog/src/index.ts`);', 'leaves the package'],
  ['api/src/a.ts', "const x = require('../../catalog/src/index.ts');", 'leaves the package'],
  ['api/src/a.test.ts', "import { x } from '../../catalog/src/index.ts';", 'leaves the package'],
  ['e2e/testenv/src/a.ts', "import { x } from '../../../api/src/index.ts';", 'leaves the package'],
  ['api/src/a.ts', "import { x } from '@toolhive-registry/catalog';", 'api imports nothing of ours'],
  ['catalog/src/a.ts', "import { x } from '@toolhive-registry/api';", 'catalog imports nothing of ours'],
  ['reconciler/src/a.ts', "import { x } from '@toolhive-registry/api/flags';", 'reconciler imports nothing of ours'],
  ['registry-server/src/a.ts', "import { x } from '@toolhive-registry/reconciler';", 'imports api, catalog, web/build of ours'],
  ['registry-server/src/a.ts', "import { x } from '@toolhive-registry/web';", 'imports api, catalog, web/build of ours'],
  [
    'registry-server/src/a.ts',
    "import { x } from '@toolhive-registry/web/build';",
    'is loaded when it is needed: use import(), or import type',
  ],
  ['registry-server/src/a.ts', "import type { X } from 'zod';\nimport '@toolhive-registry/web/build';", 'is loaded when it is needed'],
  ['registry-server/src/a.ts', "const x = require('@toolhive-registry/web/build');", 'is loaded when it is needed'],
  [
    'cli/src/a.ts',
    "const x = await import('@toolhive-registry/web/build');",
    'cli imports api, catalog, reconciler/client, registry-server of ours',
  ],
  ['web/src/a.tsx', "import { x } from '../../catalog/src/index.ts';", 'leaves the package'],
  ['web/src/deep/a.ts', "import { x } from '@toolhive-registry/registry-server';", 'web imports api, catalog of ours'],
  ['web/build/a.ts', "import { x } from '../../registry-server/src/index.ts';", 'leaves the package'],
  ['controller/src/a.ts', "import { x } from '@toolhive-registry/catalog';", 'imports api, reconciler, catalog/references of ours'],
  ['controller/src/a.ts', "import { x } from '@toolhive-registry/registry-server';", 'imports api, reconciler, catalog/references of ours'],
  [
    'cli/src/a.ts',
    "import { x } from '@toolhive-registry/controller';",
    'cli imports api, catalog, reconciler/client, registry-server of ours',
  ],
])('refused in %s: %s', (file, source, problem) => {
  expect(problems(file, source)).toEqual([expect.stringContaining(problem)]);
});

test.each<[file: string, source: string]>([
  ['catalog/src/formats/a.ts', "import { x } from '../json.ts';"],
  ['catalog/src/a.ts', "import { x } from 'semver';\nimport { y } from 'node:fs';"],
  ['registry-server/src/a.ts', "import { x } from '@toolhive-registry/catalog';\nimport { y } from '@toolhive-registry/api/flags';"],
  ['controller/src/a.ts', "import { x } from '@toolhive-registry/reconciler';"],
  ['controller/src/a.ts', "import { x } from '@toolhive-registry/catalog/references';"],
  ['cli/src/a.ts', "import { serve } from '@toolhive-registry/registry-server';"],
  ['reconciler/src/a.test.ts', "import { x } from '@toolhive-registry/testenv';"],
  ['controller/src/testing.ts', "import { x } from '@toolhive-registry/testenv';"],
  ['controller/src/testing/cluster.ts', "import { x } from '@toolhive-registry/testenv';"],
  ['controller/src/faults/world.ts', "import { x } from '@toolhive-registry/testenv';"],
  ['registry-server/src/a.ts', "const { x } = await import('@toolhive-registry/web/build');"],
  ['registry-server/src/a.ts', "import type { X, Y } from '@toolhive-registry/web/build';"],
  ['registry-server/src/a.test.ts', "import { x } from '@toolhive-registry/web/build';"],
  [
    'web/src/a.tsx',
    "import type { X } from '@toolhive-registry/api';\nimport { x } from '@toolhive-registry/catalog/entry';\nimport { y } from './b.tsx';",
  ],
  ['web/build/a.ts', "import { build } from 'esbuild';"],
  ['hack/a.ts', "import { x } from '../api/src/index.ts';"],
  ['e2e/a.ts', "import { x } from '../registry-server/src/server.ts';"],
  ['cli/src/a.ts', "const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));"],
])('allowed in %s: %s', (file, source) => {
  expect(problems(file, source)).toEqual([]);
});

test('a problem is reported with its place', () => {
  expect(problems('api/src/a.ts', "import 'zod';\n\nimport '../../catalog/src/index.ts';\n")).toEqual([
    'api/src/a.ts:3: "../../catalog/src/index.ts" leaves the package; import another package by its name',
  ]);
});

test('this repository keeps to the directions', () => {
  expect(checkImports(fileURLToPath(new URL('../../', import.meta.url)))).toEqual([]);
});
