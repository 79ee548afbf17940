import { z } from 'zod';

/** Most servers in the file; a ConfigMap holds about this many. */
const MAX_DEPLOYED = 5_000;

/** An MCP server in the cluster that belongs to the registry. */
const deployedServerSchema = z.object({
  /** Name of the object. */
  name: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
  /** `MCPServer`, or another kind that runs or reaches an MCP server. */
  kind: z.string().max(63).default('MCPServer'),
  /** The API group of that kind. */
  group: z.string().max(253).optional(),
  /** The catalog entry that it claims to be, from the label `toolhive.stacklok.io/server-name`. */
  server_name: z.string().max(253).optional(),
  /** Its phase, as its own controller reports it. */
  status: z.string().max(100).default('Unknown'),
  ready: z.boolean().default(false),
  image: z.string().max(1_000).optional(),
  /** Of a remote server. */
  url: z.string().max(2_000).optional(),
  /** What it runs instead of an image: the type of the package registry, a space, the package's identifier. */
  package: z.string().max(1_000).optional(),
  transport: z.string().max(63).optional(),
  /** Where clients in the cluster reach it. */
  endpoint_url: z.string().max(2_000).optional(),
  tier: z.string().max(63).optional(),
  category: z.string().max(63).optional(),
});

/**
 * The file `/deployed/servers.json`, in which the controller lists the servers that were deployed from a registry. Its fields are named as in ToolHive's API of
 * autumn 2025.
 */
export const deployedServersSchema = z.object({
  servers: z.array(deployedServerSchema).max(MAX_DEPLOYED),
  /** Number of servers that did not fit. */
  left_out: z.int().min(1).optional(),
});

/** The relation of a running server to the catalog. */
export const deployedRelations = ['current', 'outdated', 'deprecated', 'deleted', 'notInCatalog'] as const;

/** A running server as a registry reports it, with its relation to the catalog. */
export const answeredServerSchema = deployedServerSchema.extend({
  catalog: z.object({
    /**
     * `current`: the latest version of an entry; `outdated`: an earlier one; `deprecated` and `deleted`: the status of the entry; `notInCatalog`: no entry has
     * its image, URL or package.
     */
    relation: z.union([z.enum(deployedRelations), z.string()]),
    /** The entry. */
    server: z.string().optional(),
    /** The version of the entry that it runs. */
    version: z.string().optional(),
    /** The latest version of the entry. */
    latest_version: z.string().optional(),
  }),
});

/** A running server, as a registry reports it. */
export type AnsweredServer = z.output<typeof answeredServerSchema>;

/** A running server. */
export type DeployedServer = z.output<typeof deployedServerSchema>;

/** The file's content. */
export type DeployedServers = z.output<typeof deployedServersSchema>;
