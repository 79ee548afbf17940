import type { Answers } from '@toolhive-registry/catalog/clients';
import type { JsonObject } from '@toolhive-registry/catalog/entry';
import { kubernetesManifest, MANIFEST_KINDS, type ManifestKind } from '@toolhive-registry/catalog/manifests';
import { labels } from '@toolhive-registry/api/group';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Copyable } from '../ui/copy.tsx';
import { Notice } from '../ui/notice.tsx';
import { Plain } from '../ui/plain.tsx';
import { AnswersForm } from './answers-form.tsx';
import { attempt } from './attempt.ts';
import { Targets, Warnings } from './parts.tsx';
import { yamlDocuments } from './yaml-documents.ts';

/** The owner of the registry: manifests get labels with it, so that running servers are shown as deployed. */
export interface Owner {
  readonly name: string;
  readonly namespace: string;
}

const KIND_TITLES: Readonly<Record<ManifestKind, string>> = {
  toolhive: "MCPServer of ToolHive's operator",
  'sig-apps': 'MCPServer of Kubernetes SIG Apps (mcp.x-k8s.io)',
};

/** Manifests that run a server in a cluster. */
export function ManifestWays({
  server,
  owner,
  answers,
  setAnswers,
}: {
  readonly server: JsonObject;
  readonly owner: Owner | undefined;
  readonly answers: Answers;
  readonly setAnswers: (answers: Answers) => void;
}): JSX.Element {
  const [kind, setKind] = useState<ManifestKind>('toolhive');
  const [target, setTarget] = useState<string>();
  const { made, wrong } = useMemo(
    () =>
      attempt(
        (given, of) =>
          kubernetesManifest(server, {
            kind,
            registry: owner ?? NOBODY,
            labels: LABELS,
            answers: given,
            ...(of === undefined ? {} : { target: of }),
          }),
        answers,
        target,
      ),
    [server, kind, owner, answers, target],
  );
  return (
    <>
      <label class="targets">
        As{' '}
        <select
          value={kind}
          onChange={(event) => {
            setKind(MANIFEST_KINDS.find((one) => one === event.currentTarget.value) ?? 'toolhive');
            setTarget(undefined);
          }}
        >
          {MANIFEST_KINDS.map((one) => (
            <option key={one} value={one}>
              {KIND_TITLES[one]}
            </option>
          ))}
        </select>
      </label>
      {made.available ? (
        <>
          <Targets targets={made.targets} chosen={made.target} choose={setTarget} />
          <AnswersForm inputs={made.inputs.filter(({ secret }) => !secret)} answers={answers} wrong={wrong} change={setAnswers} />
          {made.preparations.map(({ about, text }) => (
            <div key={text} class="way">
              <p>
                <Plain text={about} />
              </p>
              <Copyable text={text} label="command that creates the Secret" />
            </div>
          ))}
          <div class="way">
            <p>
              Save it as <code>server.yaml</code>, and apply it with <code>kubectl apply -f server.yaml</code>.
            </p>
            <Copyable text={yamlDocuments(made.manifests)} label="manifest" />
          </div>
          <Warnings all={owner === undefined ? [...made.warnings, UNLABELED] : made.warnings} />
        </>
      ) : (
        <Notice title="No manifest can be made from this entry">
          <p>
            <Plain text={made.message} />
          </p>
          <p>
            <Plain text={made.remedy} />
          </p>
        </Notice>
      )}
    </>
  );
}

const LABELS = { registryName: labels.registryName, registryNamespace: labels.registryNamespace, serverName: labels.serverName };

/** In the place of a registry that does not say who it is. */
const NOBODY: Owner = { name: '', namespace: '' };
const UNLABELED =
  'The registry does not report its name: the labels that name it are left out, and it recognizes the server by its image or URL.';
