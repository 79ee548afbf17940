import type { NormalizedSource } from '@toolhive-registry/api';
import { LAPTOP, secretsOf } from '../outbound/testing.ts';
import { NO_PROXIES } from '../outbound/proxy.ts';
import type { Source, SourceAnswer, SourceRequest, Surroundings } from './contract.ts';
import type { SourceSecrets } from './secrets.ts';

/** For tests: surroundings of a laptop, without files. */
export function surroundingsOf(secrets: SourceSecrets = secretsOf()): Surroundings {
  return {
    directory: '/nowhere',
    sourcesPath: '/nowhere',
    configMap: () => undefined,
    unread: () => [],
    secrets: () => secrets,
    addresses: LAPTOP,
    proxies: NO_PROXIES,
    temporaryPath: '/nowhere',
    env: {},
  };
}

/** For tests: what all sources have beside their place. */
export const COMMON: Pick<NormalizedSource, 'name' | 'format' | 'timeoutMs'> = { name: 'test', format: 'auto', timeoutMs: 30_000 };

/** For tests: asks a source as the server does, and gives what it saved. */
export async function askSource(
  source: Source,
  request: Partial<Pick<SourceRequest, 'known' | 'previous'>> = {},
): Promise<{ readonly answer: SourceAnswer; readonly saved: string | undefined }> {
  let saved: string | undefined;
  const answer = await source.fetch({
    ...request,
    signal: AbortSignal.timeout(15_000),
    save: async (content) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of content) pieces.push(piece);
      saved = Buffer.concat(pieces).toString();
      return { receivedHash: '' };
    },
  });
  return { answer, saved };
}

/** For tests: the validator of an answer with data. */
export function validatorOf(answer: SourceAnswer): string | undefined {
  return answer.unchanged ? undefined : answer.validator;
}
