import { z } from 'zod';
import { dataKey, dnsLabel, httpUrl, objectName, text } from './fields.ts';
import { excludes, matches, withRules, type Rule } from './rule.ts';

/** A ConfigMap in the registry's namespace. */
export const configMapBlock = z.object({
  name: objectName().describe('Name of the ConfigMap.'),
  key: dataKey().default('registry.json').describe('Key in data or binaryData. Gzip is unpacked.'),
  namespace: dnsLabel().optional().describe("Only the registry's own namespace; a pod cannot mount ConfigMaps of another one."),
});

const printableWithoutAtAndSlash = '[!-.0-?A-~]';
const repositoryPattern = [
  `^(https?|ssh)://([A-Za-z0-9_]${printableWithoutAtAndSlash}*@)?[A-Za-z0-9\\[][!-~]*$`,
  '^git@[A-Za-z0-9][A-Za-z0-9.-]*:[!-~]+$',
  '^file:///[!-~]+$',
].join('|');

/** Refuses what Git would read as an option, a range or a pattern instead of a single ref name (git-check-ref-format). */
function refRules(what: string): readonly Rule<string>[] {
  return [
    matches(
      '^[^-\\x00-\\x20~^:?*\\[\\\\][^\\x00-\\x20~^:?*\\[\\\\]*$',
      `must be a ${what} name: no leading -, no spaces, none of ~ ^ : ? * [ \\`,
    ),
    excludes('\\.\\.', `must be a ${what} name: no ".."`),
  ];
}

const revisionNames = ['branch', 'tag', 'commit'] as const;

/** A file or folder in a Git repository. */
export const gitBlock = withRules(
  z.object({
    repository: text({ min: 1, max: 2048 }, [
      matches(repositoryPattern, 'must be a Git address: https://, http://, ssh://, git@HOST:PATH or file:///'),
      excludes(
        '^(https?://[^/?#]*@|ssh://[^/?#@]*:[^/?#]*@)',
        'must not contain credentials; put them in a Secret and name it in auth.secretRef',
      ),
    ]).describe('Address of the repository: https, http, ssh, git@HOST:PATH or file:///.'),
    branch: text({ min: 1, max: 255 }, refRules('branch'))
      .optional()
      .describe("Branch to read. Absent with tag and commit: the repository's default branch."),
    tag: text({ min: 1, max: 255 }, refRules('tag')).optional().describe('Tag to read.'),
    commit: text({ min: 1, max: 64 }, [matches('^[0-9a-fA-F]{7,64}$', 'must be a commit hash: 7 to 64 hexadecimal digits')])
      .optional()
      .describe('Commit to read. Give the full hash: a short one needs the whole history.'),
    path: text({ min: 1, max: 1024 }, [
      matches('^[^\\x00-\\x1f]*$', 'must not contain control characters'),
      excludes('(^|/)\\.\\.(/|$)', 'must stay inside the repository; remove ".."'),
    ])
      .default('registry.json')
      .describe('File in the repository, or a folder whose .json, .yaml and .yml files are all read.'),
  }),
  [
    {
      cel: '[has(self.branch), has(self.tag), has(self.commit)].filter(x, x).size() <= 1',
      message: 'at most one of branch, tag and commit may be set; remove the others',
      holds: (git) => revisionNames.filter((name) => git[name] !== undefined).length <= 1,
    },
  ],
);

/** Another registry's API. */
export const endpointBlock = z.object({
  endpoint: httpUrl().describe('Base address of a registry; its v0.1 API is read page by page.'),
});

/** A file or folder next to the registry server: on a laptop, or on a volume mounted by a podTemplateSpec. */
export const fileBlock = z.object({
  path: text({ min: 1, max: 1024 }, [matches('^[^\\x00-\\x1f]*$', 'must not contain control characters')]).describe(
    'Path of the file, or of a folder whose catalog files are all read; relative paths start at the folder of the manifest. In a pod it must be on a volume that podTemplateSpec mounts.',
  ),
});

/** Credentials of a source. */
export const authSchema = z.object({
  secretRef: z
    .object({ name: objectName().describe('Name of the Secret.') })
    .describe(
      "Secret in the registry's namespace. Its keys decide the kind: username and password, token, or ssh-privatekey (with known_hosts).",
    ),
});

/** Reference to the certificates of a private authority. */
const caReference = z.object({
  name: objectName().describe('Name of the object.'),
  key: dataKey().default('ca.crt').describe('Key with one or more PEM certificates.'),
});

/** Transport security of a source. */
export const tlsSchema = withRules(
  z.object({
    caSecretRef: caReference.optional().describe("Secret with the authority's certificates, trusted besides the system's."),
    caConfigMapRef: caReference.optional().describe("ConfigMap with the authority's certificates, trusted besides the system's."),
  }),
  [
    {
      cel: '!(has(self.caSecretRef) && has(self.caConfigMapRef))',
      message: 'at most one of caSecretRef and caConfigMapRef may be set; remove one',
      holds: (tls) => tls.caSecretRef === undefined || tls.caConfigMapRef === undefined,
    },
  ],
);
