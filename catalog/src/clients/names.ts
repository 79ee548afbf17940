/** The clients that can be told of a server, in the order in which they are offered. Apart from what is known of them: a list of flags needs no more. */
export const CLIENTS = ['vscode', 'claude', 'claude-desktop', 'cursor', 'thv', 'docker', 'codex', 'gemini', 'json'] as const;

/** A client. */
export type Client = (typeof CLIENTS)[number];
