/** The clients that can be configured, in the order in which they are offered. Separate from their definitions, since a list of flags needs only the names. */
export const CLIENTS = ['vscode', 'claude', 'claude-desktop', 'cursor', 'thv', 'docker', 'codex', 'gemini', 'json'] as const;

/** A client. */
export type Client = (typeof CLIENTS)[number];
