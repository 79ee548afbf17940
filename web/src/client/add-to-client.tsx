import { CLIENTS, clientSetup, clientTitle, type Answers, type Client, type Way } from '@toolhive-registry/catalog/clients';
import type { JsonObject } from '@toolhive-registry/catalog/entry';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Copyable } from '../ui/copy.tsx';
import { Notice } from '../ui/notice.tsx';
import { Plain } from '../ui/plain.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { AnswersForm } from './answers-form.tsx';
import { attempt } from './attempt.ts';
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

/** How to add a server to a client, and how to run it in a cluster. */
export function AddToClient({
  server,
  owner,
  client,
  choose,
}: {
  readonly server: JsonObject;
  readonly owner: Owner | undefined;
  /** The chosen client; any other word: none yet. */
  readonly client: string | undefined;
  readonly choose: (client: string) => void;
}): JSX.Element {
  const choice = TABS.find(({ key }) => key === client)?.key ?? 'vscode';
  const [answers, setAnswers] = useState<Answers>({});
  const [target, setTarget] = useState<string>();
  return (
    <Tabs label="Client" tabs={TABS} chosen={choice} choose={choose}>
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
  const { made: setup, wrong } = useMemo(
    () =>
      attempt((given, of) => clientSetup(server, client, { answers: given, ...(of === undefined ? {} : { target: of }) }), answers, target),
    [server, client, answers, target],
  );
  if (!setup.available) {
    return (
      <Notice title={`This server cannot be set up in ${clientTitle(client)}`}>
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
      <AnswersForm inputs={setup.inputs} answers={answers} wrong={wrong} change={setAnswers} />
      <Warnings all={setup.warnings} />
      {setup.ways.map((way, index) => (
        <WayOf key={index} way={way} client={client} />
      ))}
    </>
  );
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
