/** The program's own name. */
export const PROGRAM = 'toolhive-registry';
/** As kubectl finds it among its plugins. */
export const PLUGIN = 'kubectl-mcpregistry';

/** How the program was called, from the path of what was started. */
export function calledAs(path: string): string {
  const file = path.split(/[/\\]/).at(-1) ?? '';
  return file.replace(/\.(?:c?js|exe)$/, '') === PLUGIN ? 'kubectl mcpregistry' : PROGRAM;
}
