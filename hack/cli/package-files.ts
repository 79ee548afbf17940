import { guarded } from './guard.ts';
import type { MadeFile } from './files.ts';
import { MAIN_PART, type Part } from './parts.ts';

/** Input of the npm package. */
export interface PackageSources {
  readonly version: string;
  readonly license: string;
  /** Range of Node.js versions, such as `>=24`. */
  readonly node: string;
  /** Least major version of it. */
  readonly minimum: number;
  readonly parts: readonly Part[];
  /** What is beside the program: README.md, LICENSE and the like. */
  readonly texts: readonly MadeFile[];
}

/** Where the sources are. */
export const REPOSITORY = 'https://github.com/toolhive-registry/toolhive-registry';

/**
 * The npm package: no dependencies, no scripts. Each command is a file of its own name, since on Windows npm starts files and not links, and by its name the
 * program knows that it is a plugin of kubectl. kubectl asks `kubectl_complete-NAME` for what completes the words after a plugin's name, with the last,
 * perhaps empty one being the one that is typed (kubernetes/kubectl, pkg/cmd/plugin/plugin_completion.go).
 */
export function packageFiles({ version, license, node, minimum, parts, texts }: PackageSources): MadeFile[] {
  const bin = (name: string, script: string): MadeFile => ({ path: `bin/${name}.cjs`, content: script, executable: true });
  const commands = [
    bin('toolhive-registry', guarded(minimum, `  require('../lib/${MAIN_PART}');`)),
    bin('kubectl-mcpregistry', "#!/usr/bin/env node\nrequire('./toolhive-registry.cjs');\n"),
    bin(
      'kubectl_complete-mcpregistry',
      "#!/usr/bin/env node\nprocess.argv.splice(2, 0, '__complete');\nrequire('./toolhive-registry.cjs');\n",
    ),
  ];
  const manifest = {
    name: 'toolhive-registry',
    version,
    description: 'Registries of MCP servers: serve them on a laptop, look at them and sync them in Kubernetes',
    keywords: ['mcp', 'model-context-protocol', 'registry', 'toolhive', 'kubectl-plugin', 'kubernetes'],
    license,
    homepage: `${REPOSITORY}#readme`,
    bugs: `${REPOSITORY}/issues`,
    repository: { type: 'git', url: `git+${REPOSITORY}.git`, directory: 'cli' },
    type: 'commonjs',
    bin: Object.fromEntries(commands.map(({ path }) => [/([^/]+)\.cjs$/.exec(path)?.[1] ?? '', path])),
    engines: { node },
  };
  return [
    { path: 'package.json', content: `${JSON.stringify(manifest, undefined, 2)}\n` },
    ...texts,
    ...commands,
    ...parts.map(({ name, text }) => ({ path: `lib/${name}`, content: text })),
  ];
}
