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

/** What is known of each. */
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

/** The client that a text names; undefined: none. */
export function clientOf(text: string): Client | undefined {
  return CLIENTS.find((client) => client === text);
}

/** What a client is called. */
export function clientTitle(client: Client): string {
  return FORMS[client].title;
}
