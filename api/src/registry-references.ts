import { z } from 'zod';

const count = z.int().min(0);

/**
 * The answer of `GET /registry/images`: what the entries of a registry run and connect to, in the forms in which references are compared. An enforcing registry
 * admits nothing else.
 */
export const registryImagesSchema = z.object({
  registry: z.object({ name: z.string(), namespace: z.string() }),
  /** Hash of the served snapshot. */
  snapshotHash: z.string(),
  /** Container images, with host and tag, or with the digest only if there is one. */
  images: z.array(z.string()),
  /** URLs of remote servers, without query. */
  urls: z.array(z.string()),
  /** URLs with variables: as written in an entry, and as an RE2 pattern for URLs in the form of `urls`. */
  urlTemplates: z.array(z.object({ template: z.string(), pattern: z.string() })),
  /** Packages that can be run by name: the type of the package registry, a space, the identifier. */
  packages: z.array(z.string()),
  /** References of entries that admit nothing: how many, and the first 100. */
  unusable: z.object({
    count,
    first: z.array(z.object({ server: z.string(), version: z.string(), reference: z.string(), why: z.string() })),
  }),
});

/** The answer of `GET /registry/images`. */
export type RegistryImages = z.output<typeof registryImagesSchema>;

/** The kinds of references that can be explained. */
export const explainSubjects = ['image', 'url', 'package', 'server'] as const;
/** The kinds of references that can be explained. */
export type ExplainSubject = (typeof explainSubjects)[number];

/** The rule by which something is in the catalog, or is not. */
export const explainRules = [
  /** An entry has it. */
  'listed',
  /** The URL template of an entry admits it. */
  'template',
  /** An entry that is deleted in its source has it. */
  'deleted',
  /** A filter leaves the entry out. */
  'filtered',
  /** An earlier source has the entry's name. */
  'shadowed',
  /** The entry cannot be served. */
  'leftOut',
  /** The catalog has the image with another tag. */
  'otherTag',
  /** The catalog has the image with a digest, or the image is given by a digest that the catalog does not have. */
  'otherDigest',
  /** It is not a reference that could be compared. */
  'notComparable',
  /** No source has it. */
  'notInCatalog',
] as const;
/** The rule by which something is in the catalog, or is not. */
export type ExplainRule = (typeof explainRules)[number];

/** The answer of `GET /registry/explain`. */
export const registryExplainSchema = z.object({
  registry: z.object({ name: z.string(), namespace: z.string() }),
  snapshotHash: z.string(),
  /** The reference as it was asked for, and in the form that is compared; null: it has no such form. */
  subject: z.object({ kind: z.enum(explainSubjects), text: z.string(), compared: z.string().nullable() }),
  /** Whether the catalog has it, so that this registry admits it. */
  allowed: z.boolean(),
  /** What this registry does with what it does not admit; `off`: it enforces nothing. */
  enforcement: z.enum(['enforce', 'audit', 'off']),
  rule: z.union([z.enum(explainRules), z.string()]),
  /** The answer in one sentence. */
  sentence: z.string(),
  /** The entries that admit it, or that have it but do not admit it: at most 20. */
  entries: z.array(
    z.object({
      server: z.string(),
      version: z.string(),
      source: z.string(),
      /** The file of the entry, if its source has several. */
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
