import { claudeDesktop } from './claude-desktop.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { cursor } from './cursor.ts';
import { docker } from './docker.ts';
import type { ClientForm } from './form.ts';
import { gemini } from './gemini.ts';
import { json } from './json.ts';
import { thv } from './thv.ts';
import { vscode } from './vscode.ts';

/** The clients that can be told of a server, in the order in which they are offered. */
export const CLIENTS = ['vscode', 'claude', 'claude-desktop', 'cursor', 'thv', 'docker', 'codex', 'gemini', 'json'] as const;

/** A client. */
export type Client = (typeof CLIENTS)[number];

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
