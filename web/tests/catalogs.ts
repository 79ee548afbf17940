import { readFileSync } from 'node:fs';

/** For tests: a real catalog of the package `catalog`. */
export function realCatalog(name: string): string {
  return readFileSync(new URL(`../../catalog/testdata/${name}`, import.meta.url), 'utf8');
}

/** Texts that would do something if the page let them. Each names itself in `document.title` where it can run. */
export const HOSTILE_TEXTS = [
  '<script>document.title="run"</script>',
  '<img src=x onerror="document.title=\'run\'">',
  '"><svg onload=document.title="run">',
  "javascript:document.title='run'",
  '[click](javascript:document.title="run")',
  '![picture](https://tracker.example/pixel.png)',
  '<iframe src="https://tracker.example/"></iframe><form action="https://tracker.example/"><input name=a></form>',
  '<style>body{display:none}</style><link rel=stylesheet href=https://tracker.example/a.css>',
  '<a href="data:text/html,<script>1</script>">data</a> <a href="https://a.example/?x" onclick="document.title=\'run\'">link</a>',
  'safe\u202Egnp.exe\u202C\u0007\u0000\u001b[31m',
  '{{constructor.constructor("document.title=1")()}} ${1+1}',
  '<div id="app"><div id="content">clobbered</div></div><input name="getElementById">',
] as const;

/** A catalog of servers in which every text is hostile, or very long. */
export function hostileCatalog(): readonly object[] {
  const long = 'lorem ipsum '.repeat(90_000);
  const all = [...HOSTILE_TEXTS, long.slice(0, 1_000_000)];
  return all.map((text, index) => ({
    name: `com.example/hostile-${index}`,
    title: text.slice(0, 100),
    description: text,
    version: '1.0.0',
    websiteUrl: index % 2 === 0 ? "javascript:document.title='run'" : 'https://user:secret@a.example/',
    repository: { url: "javascript:document.title='run'", source: text.slice(0, 50) },
    packages: [
      {
        registryType: 'npm',
        identifier: '@example/hostile',
        version: '1.0.0',
        runtimeHint: text.slice(0, 40),
        transport: { type: 'stdio' },
        environmentVariables: [{ name: 'TOKEN', description: text, isSecret: true, default: text.slice(0, 200) }],
        packageArguments: [{ type: 'positional', valueHint: 'x', value: text.slice(0, 200) }],
      },
    ],
    _meta: {
      'io.modelcontextprotocol.registry/publisher-provided': {
        'io.github.stacklok': {
          '@example/hostile': {
            overview: `# ${text}\n\n${text}\n\n\`\`\`\n${text}\n\`\`\`\n`,
            tags: [text.slice(0, 60)],
            tools: [text.slice(0, 100)],
            tier: text.slice(0, 40),
            status: text.slice(0, 40),
            license: text.slice(0, 100),
            permissions: { network: { outbound: { allow_host: [text.slice(0, 100)] } } },
            provenance: { sigstore_url: "javascript:document.title='run'", signer_identity: text.slice(0, 100) },
          },
        },
      },
    },
  }));
}
