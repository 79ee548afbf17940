import {
  CLIENTS,
  clientSetup,
  clientTitle,
  type Answers,
  type Client,
  type ClientSetup,
  type Way,
} from '@toolhive-registry/catalog/clients';
import type { JsonObject } from '@toolhive-registry/catalog/entry';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Copyable } from '../ui/copy.tsx';
import { Notice } from '../ui/notice.tsx';
import { Plain } from '../ui/plain.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { AnswersForm } from './answers-form.tsx';
import { ManifestWays, type Owner } from './manifest.tsx';
import { Targets, Warnings } from './parts.tsx';

/** A client, or a cluster. */
type Choice = Client | 'kubernetes';

const TABS = [
  ...CLIENTS.map((client) => ({ key: client as Choice, title: clientTitle(client) })),
  { key: 'kubernetes' as Choice, title: 'Kubernetes' },
];

/** Links that clients register, by what they begin with. Any other is shown as text. */
const CLIENT_LINK = /^(?:vscode|vscode-insiders|cursor):/;

/** How clients are told of a server, and how a cluster runs it. */
export function AddToClient({ server, owner }: { readonly server: JsonObject; readonly owner: Owner | undefined }): JSX.Element {
  const [choice, setChoice] = useState<Choice>('vscode');
  const [answers, setAnswers] = useState<Answers>({});
  const [target, setTarget] = useState<string>();
  return (
    <Tabs label="Client" tabs={TABS} chosen={choice} choose={setChoice}>
      {choice === 'kubernetes' ? (
        <ManifestWays server={server} owner={owner} answers={answers} setAnswers={setAnswers} />
      ) : (
        <ClientWays client={choice} server={server} target={target} setTarget={setTarget} answers={answers} setAnswers={setAnswers} />
      )}
    </Tabs>
  );
}

function ClientWays({
  client,
  server,
  target,
  setTarget,
  answers,
  setAnswers,
}: {
  readonly client: Client;
  readonly server: JsonObject;
  readonly target: string | undefined;
  readonly setTarget: (target: string) => void;
  readonly answers: Answers;
  readonly setAnswers: (answers: Answers) => void;
}): JSX.Element {
  const setup = useMemo(() => setupFor(server, client, answers, target), [server, client, answers, target]);
  if (!setup.available) {
    return (
      <Notice title={`This server cannot be added to ${clientTitle(client)}`}>
        <p>
          <Plain text={setup.message} />
        </p>
        <p>
          <Plain text={setup.remedy} />
        </p>
      </Notice>
    );
  }
  return (
    <>
      <Targets targets={setup.targets} chosen={setup.target} choose={setTarget} />
      <AnswersForm inputs={setup.inputs} answers={answers} change={setAnswers} />
      {setup.ways.map((way, index) => (
        <WayOf key={index} way={way} client={client} />
      ))}
      <Warnings all={setup.warnings} />
    </>
  );
}

/** Another client may not be able to use the package that was chosen. */
function setupFor(server: JsonObject, client: Client, answers: Answers, target: string | undefined): ReturnType<typeof clientSetup> {
  if (target !== undefined) {
    const setup: ClientSetup | { readonly available: false } = clientSetup(server, client, { answers, target });
    if (setup.available) return setup;
  }
  return clientSetup(server, client, { answers });
}

function WayOf({ way: { kind, about, notes = [], path, text }, client }: { readonly way: Way; readonly client: Client }): JSX.Element {
  const title = clientTitle(client);
  return (
    <div class="way">
      <p>
        {path !== undefined && (
          <>
            <code>{path}</code>:{' '}
          </>
        )}
        {about}
      </p>
      {kind === 'link' && CLIENT_LINK.test(text) && (
        <p>
          <a class="button" href={text}>
            Open in {title}
          </a>
        </p>
      )}
      <Copyable text={text} label={path ?? (kind === 'link' ? `link for ${title}` : `${kind} for ${title}`)} />
      {notes.map((note, index) => (
        <p key={index} class="soft">
          <Plain text={note} most={600} />
        </p>
      ))}
    </div>
  );
}
