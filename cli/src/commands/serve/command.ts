import type { PassedOn } from '../../program/command.ts';

/** The registry server, as `make run` and the image start it. */
export const serve: PassedOn = {
  name: 'serve',
  summary: 'serve the catalog of one MCPRegistry over HTTP, without a cluster',
  load: async () => {
    const { serve: run } = await import('@toolhive-registry/registry-server');
    return async (args, { program }) => (await run(`${program} serve`, args, process)) as 0 | 1 | 2;
  },
};
