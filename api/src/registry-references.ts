import { z } from 'zod';

const count = z.int().min(0);

/**
 * The answer of `GET /registry/images`: what the entries of a registry are run from and reached at, in the forms in which references are compared. An
 * enforcing registry admits nothing else.
 */
export const registryImagesSchema = z.object({
  registry: z.object({ name: z.string(), namespace: z.string() }),
  /** Hash of the served snapshot. */
  snapshotHash: z.string(),
  /** Container images, with host and tag, or with the digest alone where there is one. */
  images: z.array(z.string()),
  /** URLs of remote servers, without query. */
  urls: z.array(z.string()),
  /** URLs with variables: as an entry has it, and as a pattern in RE2 over URLs in the form of `urls`. */
  urlTemplates: z.array(z.object({ template: z.string(), pattern: z.string() })),
  /** Packages that can be run by their name: the type of their registry, a space, their identifier. */
  packages: z.array(z.string()),
  /** References of entries that admit nobody: how many, and the first 100. */
  unusable: z.object({
    count,
    first: z.array(z.object({ server: z.string(), version: z.string(), reference: z.string(), why: z.string() })),
  }),
});

/** The answer of `GET /registry/images`. */
export type RegistryImages = z.output<typeof registryImagesSchema>;

/** What can be asked about. */
export const explainSubjects = ['image', 'url', 'package', 'server'] as const;
/** What can be asked about. */
export type ExplainSubject = (typeof explainSubjects)[number];

/** By which rule something is in the catalog, or is not. */
export const explainRules = [
  /** An entry has it. */
  'listed',
  /** The URL template of an entry admits it. */
  'template',
  /** An entry that is deleted in its source has it. */
  'deleted',
  /** A filter leaves the entry out. */
  'filtered',
  /** A source that stands earlier has the entry's name. */
  'shadowed',
  /** The entry cannot be served. */
  'leftOut',
  /** The catalog has the image by another tag. */
  'otherTag',
  /** The catalog has the image by a digest, or the image is named by a digest that the catalog does not have. */
  'otherDigest',
  /** It is no reference that could be compared. */
  'notComparable',
  /** No source has it. */
  'notInCatalog',
] as const;
/** By which rule something is in the catalog, or is not. */
export type ExplainRule = (typeof explainRules)[number];

/** The answer of `GET /registry/explain`. */
export const registryExplainSchema = z.object({
  registry: z.object({ name: z.string(), namespace: z.string() }),
  snapshotHash: z.string(),
  /** What was asked about, as it was written, and in the form that is compared; null: it has none. */
  subject: z.object({ kind: z.enum(explainSubjects), text: z.string(), compared: z.string().nullable() }),
  /** Whether the catalog has it, so that this registry admits it. */
  allowed: z.boolean(),
  /** What this registry does with what it does not admit; `off`: it enforces nothing. */
  enforcement: z.enum(['enforce', 'audit', 'off']),
  rule: z.union([z.enum(explainRules), z.string()]),
  /** All of it in one sentence. */
  sentence: z.string(),
  /** The entries by which it is admitted, or that have it and do not admit it: at most 20. */
  entries: z.array(
    z.object({
      server: z.string(),
      version: z.string(),
      source: z.string(),
      /** The file that the entry is in, where its source has several. */
      file: z.string().optional(),
      /** Why the entry does not admit it. */
      why: z.string().optional(),
    }),
  ),
  /** What may have been meant. */
  nearest: z.array(z.string()),
});

/** The answer of `GET /registry/explain`. */
export type RegistryExplain = z.output<typeof registryExplainSchema>;
