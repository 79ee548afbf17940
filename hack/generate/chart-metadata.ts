import { readFileSync } from 'node:fs';
import { dump, load, loadAll } from 'js-yaml';
import { groups, kind, plural, crdName, version as apiVersionOfKind } from '../../api/src/group.ts';
import type { Change } from '../release/changelog.ts';
import { isPrerelease } from './version.ts';

/** The annotations of a chart for Artifact Hub (artifacthub/hub, docs/helm_annotations.md). Values are texts, some of them YAML. */
export type Annotations = Readonly<Record<string, string>>;

/** An image as a value of the chart has it. */
interface ImageValue {
  readonly registry: string;
  readonly repository: string;
}

const REPOSITORY = 'https://github.com/toolhive-registry/toolhive-registry';
/** The manifest that is shown with the CRD. */
const EXAMPLE = 'examples/source-configmap.yaml';
const CHANGES = 'artifacthub.io/changes';
/** What a description of a change is cut to: the chart is stored in the cluster with every release. */
const LONGEST = 100;

/** The generated Chart.yaml: its versions, and `annotations` at its end, of which only the changes stay as they are. */
export function withChartMetadata(chart: string, version: string, root: URL): string {
  const { annotations = {} } = load(chart) as { readonly annotations?: Annotations };
  const changes = annotations[CHANGES];
  return withAnnotations(withVersions(chart, version), {
    ...chartAnnotations(version, root),
    ...(changes === undefined ? {} : { [CHANGES]: changes }),
  });
}

/** Chart.yaml with the changes of a version. */
export function withChanges(chart: string, changes: readonly Change[]): string {
  const { annotations = {} } = load(chart) as { readonly annotations?: Annotations };
  const entries = changes.map(({ kind: word, text }) => ({ kind: word, description: firstSentence(text) }));
  return withAnnotations(chart, { ...annotations, [CHANGES]: yaml(entries) });
}

/** The first sentence of Markdown in one line, as plain text of up to 100 characters. */
export function firstSentence(markdown: string): string {
  const plain = markdown.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
  const sentence = /^.*?[.:;](?=\s|$)/.exec(plain)?.[0].replace(/[.:;]$/, '') ?? plain;
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST - 1).replace(/[,\s]+\S*$/, '')}…`;
}

function withVersions(chart: string, version: string): string {
  return ['version', 'appVersion'].reduce((text, field) => {
    const line = new RegExp(`^${field}: .*$`, 'm');
    if (!line.test(text)) throw new Error(`Chart.yaml has no "${field}"; write one, it becomes the version in package.json`);
    return text.replace(line, `${field}: ${version}`);
  }, chart);
}

function withAnnotations(chart: string, annotations: Annotations): string {
  const [head = ''] = chart.split(/^# Generated, .*\n|^annotations:/m);
  const sorted = Object.fromEntries(Object.entries(annotations).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${head}# Generated, see hack/generate/chart-metadata.ts.\n${dump({ annotations: sorted }, { lineWidth: -1 })}`;
}

function chartAnnotations(version: string, root: URL): Annotations {
  const values = load(readFileSync(new URL('charts/toolhive-registry/values.yaml', root), 'utf8')) as {
    readonly image: ImageValue;
    readonly registryDefaults: { readonly image: ImageValue };
  };
  const image = (name: string, { registry, repository }: ImageValue): object => ({
    name,
    image: `${registry}/${repository}:${version}`,
    platforms: ['linux/amd64', 'linux/arm64'],
  });
  const [example] = loadAll(readFileSync(new URL(EXAMPLE, root), 'utf8'));
  return {
    'artifacthub.io/license': 'Apache-2.0',
    'artifacthub.io/operator': 'true',
    'artifacthub.io/prerelease': String(isPrerelease(version)),
    'artifacthub.io/images': yaml([image('controller', values.image), image('registry-server', values.registryDefaults.image)]),
    'artifacthub.io/crds': yaml(
      groups.map((group) => ({
        kind,
        version: apiVersionOfKind,
        name: crdName(group),
        displayName: `MCP registry (${group})`,
        description:
          group === groups[0] ? 'A registry of MCP servers' : `A registry of MCP servers, where ToolHive has a CRD ${plural}.${groups[0]}`,
      })),
    ),
    'artifacthub.io/crdsExamples': yaml([example]),
    'artifacthub.io/links': yaml([
      { name: 'Documentation', url: `${REPOSITORY}#documentation` },
      { name: 'Changes', url: `${REPOSITORY}/blob/main/CHANGELOG.md` },
      { name: 'Security', url: `${REPOSITORY}/blob/main/SECURITY.md` },
      { name: 'Support', url: `${REPOSITORY}/issues` },
    ]),
  };
}

function yaml(value: unknown): string {
  return dump(value, { lineWidth: -1 });
}
