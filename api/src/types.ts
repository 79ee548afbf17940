import type { z } from 'zod';
import type { filterSchema } from './schema/filter.ts';
import type { registrySchema } from './schema/registry.ts';
import type { formatSchema, namedSourceSchema, sourceSchema } from './schema/source.ts';
import type { authSchema, tlsSchema } from './schema/source-blocks.ts';
import type { specSchema } from './schema/spec.ts';
import type { conditionSchema, statusSchema } from './schema/status.ts';
import type { retryPolicySchema, syncPolicySchema } from './schema/sync.ts';
import type { envSchema, exposeSchema, serviceSchema } from './schema/workload.ts';

/** An MCPRegistry with defaults applied. */
export type MCPRegistry = z.output<typeof registrySchema>;
/** An MCPRegistry as a user writes it. */
export type MCPRegistryInput = z.input<typeof registrySchema>;
/** `spec` with defaults applied. */
export type MCPRegistrySpec = z.output<typeof specSchema>;
/** `status`, written by the controller. */
export type MCPRegistryStatus = z.output<typeof statusSchema>;
/** One condition of the status. */
export type Condition = z.output<typeof conditionSchema>;
/** The block `spec.source`. */
export type Source = z.output<typeof sourceSchema>;
/** One entry of `spec.sources`. */
export type NamedSource = z.output<typeof namedSourceSchema>;
/** Format of catalog data. */
export type Format = z.output<typeof formatSchema>;
/** A filter as written, short form included. */
export type Filter = z.output<typeof filterSchema>;
/** When sources are read again. */
export type SyncPolicy = z.output<typeof syncPolicySchema>;
/** How a failed sync is tried again. */
export type RetryPolicy = z.output<typeof retryPolicySchema>;
/** Credentials of a source. */
export type Auth = z.output<typeof authSchema>;
/** Certificate authorities of a source. */
export type Tls = z.output<typeof tlsSchema>;
/** One environment variable. */
export type EnvVar = z.output<typeof envSchema>;
/** The registry's Service. */
export type ServiceOptions = z.output<typeof serviceSchema>;
/** Access from outside the cluster. */
export type Expose = z.output<typeof exposeSchema>;
