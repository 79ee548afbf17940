import { z } from 'zod';

/** Most servers of the file; a ConfigMap holds about so many. */
const MAX_DEPLOYED = 5_000;

/** One MCP server that runs in the cluster and belongs to the registry. */
const deployedServerSchema = z.object({
  /** Of the object. */
  name: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
  /** `MCPServer`, or another kind that runs or reaches an MCP server. */
  kind: z.string().max(63).default('MCPServer'),
  /** Which entry of the catalog it says it is, by the label `toolhive.stacklok.io/server-name`. */
  server_name: z.string().max(253).optional(),
  /** Its phase, as its own controller reports it. */
  status: z.string().max(100).default('Unknown'),
  ready: z.boolean().default(false),
  image: z.string().max(1_000).optional(),
  transport: z.string().max(63).optional(),
  /** Where clients of the cluster reach it. */
  endpoint_url: z.string().max(2_000).optional(),
  tier: z.string().max(63).optional(),
  category: z.string().max(63).optional(),
});

/**
 * The file `/deployed/servers.json`: what the controller tells a registry of the servers that run from it. Its fields are named as ToolHive's API
 * of autumn 2025 answers them.
 */
export const deployedServersSchema = z.object({ servers: z.array(deployedServerSchema).max(MAX_DEPLOYED) });

/** One server that runs in the cluster. */
export type DeployedServer = z.output<typeof deployedServerSchema>;

/** The file's content. */
export type DeployedServers = z.output<typeof deployedServersSchema>;
