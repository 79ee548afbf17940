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
  /** The API group of that kind. */
  group: z.string().max(253).optional(),
  /** Which entry of the catalog it says it is, by the label `toolhive.stacklok.io/server-name`. */
  server_name: z.string().max(253).optional(),
  /** Its phase, as its own controller reports it. */
  status: z.string().max(100).default('Unknown'),
  ready: z.boolean().default(false),
  image: z.string().max(1_000).optional(),
  /** Of a remote server. */
  url: z.string().max(2_000).optional(),
  /** What it runs without an image: the type of the package's registry, a space, its identifier. */
  package: z.string().max(1_000).optional(),
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
export const deployedServersSchema = z.object({
  servers: z.array(deployedServerSchema).max(MAX_DEPLOYED),
  /** Servers for which there was no room. */
  left_out: z.int().min(1).optional(),
});

/** How a server that runs stands to the catalog. */
export const deployedRelations = ['current', 'outdated', 'deprecated', 'deleted', 'notInCatalog'] as const;

/** A server that runs, as a registry tells of it: with its relation to the catalog. */
export const answeredServerSchema = deployedServerSchema.extend({
  catalog: z.object({
    /**
     * `current`: the latest version of an entry; `outdated`: an earlier one; `deprecated` and `deleted`: that is what the entry is; `notInCatalog`: no entry has its
     * image, URL or package.
     */
    relation: z.union([z.enum(deployedRelations), z.string()]),
    /** The entry. */
    server: z.string().optional(),
    /** The version that it is. */
    version: z.string().optional(),
    /** The latest version of the entry. */
    latest_version: z.string().optional(),
  }),
});

/** One server that runs in the cluster, as a registry tells of it. */
export type AnsweredServer = z.output<typeof answeredServerSchema>;

/** One server that runs in the cluster. */
export type DeployedServer = z.output<typeof deployedServerSchema>;

/** The file's content. */
export type DeployedServers = z.output<typeof deployedServersSchema>;
