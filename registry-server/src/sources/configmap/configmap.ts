import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileKeys } from '@toolhive-registry/api';
import type { DataByKey } from '../../config/documents.ts';
import { contentIdentity, hashIdentity } from '../../watch/identity.ts';
import type { Source, SourceAnswer, SourceOf, SourceRequest, SourceType, Surroundings } from '../contract.ts';
import { SourceError } from '../source-error.ts';
import { saveFile } from '../read-file.ts';

/** A ConfigMap: beside the manifest on a laptop, mounted in a pod. It is known by the hash of its content in both. */
export const configMapType: SourceType<'configmap'> = {
  location: ({ configmap }) => `ConfigMap "${configmap.name}", key "${configmap.key}"`,
  mounts: (source, surroundings) => [
    // The volume's own link is exchanged in the folder above the source's. A manifest that is loaded again is looked at without any folder.
    { directories: [surroundings.sourcesPath], identity: identityOf(source, surroundings) },
  ],
  create: (source, surroundings) => new ConfigMapSource(source, surroundings),
};

class ConfigMapSource implements Source {
  readonly #source: SourceOf<'configmap'>;
  readonly #surroundings: Surroundings;
  readonly #identity: () => Promise<string>;

  constructor(source: SourceOf<'configmap'>, surroundings: Surroundings) {
    this.#source = source;
    this.#surroundings = surroundings;
    this.#identity = identityOf(source, surroundings);
  }

  async fetch(request: SourceRequest): Promise<SourceAnswer> {
    if (request.known !== undefined && (await this.#identity()) === request.known) return { unchanged: true };
    const beside = this.#surroundings.configMap(this.#source.configmap.name);
    return beside === undefined ? this.#mounted(request) : this.#beside(beside, request);
  }

  async #beside(data: DataByKey, request: SourceRequest): Promise<SourceAnswer> {
    const { name, key } = this.#source.configmap;
    const bytes = data.get(key);
    if (bytes === undefined) {
      const keys = [...data.keys()].join(', ');
      throw new SourceError('SourceNotFound', `ConfigMap "${name}" has no key "${key}" (it has: ${keys || 'none'}); correct configmap.key`);
    }
    const { receivedHash } = await request.save([bytes]);
    return { unchanged: false, validator: hashIdentity(receivedHash) };
  }

  async #mounted(request: SourceRequest): Promise<SourceAnswer> {
    const file = fileKeys.source(this.#source.name, this.#source.configmap.key);
    const path = pathOf(this.#source, this.#surroundings);
    try {
      const { hash } = await saveFile(path, file, request);
      return { unchanged: false, validator: hashIdentity(hash), files: { [file]: hash } };
    } catch (cause) {
      if (!(cause instanceof SourceError) || cause.reason !== 'SourceNotFound') throw cause;
      const unread = this.#surroundings.unread().map((problem) => `; ${problem}`);
      const what = configMapType.location(this.#source);
      throw new SourceError(
        'SourceNotFound',
        `${what}: not found, neither beside the manifest nor mounted at ${path}; create it${unread.join('')}`,
        { cause },
      );
    }
  }
}

/** What the ConfigMap holds now, as a text for comparisons. */
function identityOf(source: SourceOf<'configmap'>, surroundings: Surroundings): () => Promise<string> {
  const { name, key } = source.configmap;
  const mounted = contentIdentity(pathOf(source, surroundings));
  // A manifest that is loaded again brings other bytes; while it is not, they are hashed once.
  let known: { readonly bytes: Uint8Array; readonly identity: string } | undefined;
  return async () => {
    const beside = surroundings.configMap(name);
    if (beside === undefined) return `${await mounted()}${surroundings.unread().join()}`;
    const bytes = beside.get(key);
    if (bytes === undefined) return `no key among ${[...beside.keys()].join()}`;
    if (known?.bytes !== bytes) known = { bytes, identity: hashIdentity(createHash('sha256').update(bytes).digest('hex')) };
    return known.identity;
  };
}

function pathOf(source: SourceOf<'configmap'>, { sourcesPath }: Surroundings): string {
  return join(sourcesPath, source.name, source.configmap.key);
}
