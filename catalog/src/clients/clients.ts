import { claudeDesktop } from './claude-desktop.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { cursor } from './cursor.ts';
import { docker } from './docker.ts';
import type { ClientForm } from './form.ts';
import { gemini } from './gemini.ts';
import { json } from './json.ts';
import { CLIENTS, type Client } from './names.ts';
import { thv } from './thv.ts';
import { vscode } from './vscode.ts';

/** The definition of each client. */
export const FORMS: Readonly<Record<Client, ClientForm>> = {
  vscode,
  claude,
  'claude-desktop': claudeDesktop,
  cursor,
  thv,
  docker,
  codex,
  gemini,
  json,
};

/** The client with this name; undefined: none. */
export function clientOf(text: string): Client | undefined {
  return CLIENTS.find((client) => client === text);
}

/** The display name of a client. */
export function clientTitle(client: Client): string {
  return FORMS[client].title;
}
