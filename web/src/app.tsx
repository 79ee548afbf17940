import type { VNode } from 'preact';

/** The page. */
export function App(): VNode {
  return <main>MCP servers</main>;
}
