import { fieldsWithoutEffect, type Place } from '@toolhive-registry/api';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { loadManifest, type Manifest } from './load.ts';
import { planOf, type SyncPlan } from './plan.ts';

/** The configuration of the server: the manifest and what is derived from it. Immutable; an edit creates another one. */
export interface Configuration {
  readonly manifest: Manifest;
  readonly plan: SyncPlan;
  /** Why the manifest on disk is not the one in use; absent: it is. */
  readonly problem?: string;
}

/** Loads the file or folder that `--config` names. Throws {@link ManifestError}. */
export async function loadConfiguration(config: string, place: Place, logger: Logger): Promise<Configuration> {
  const manifest = await loadManifest(config);
  warnOfFieldsWithoutEffect(manifest, place, logger);
  return configurationOf(manifest);
}

/** The configuration of a manifest. */
export function configurationOf(manifest: Manifest): Configuration {
  return { manifest, plan: planOf(manifest.registry) };
}

/** The configuration on disk, or the previous one with the reason why the new one cannot be used. */
export async function reloadConfiguration(config: string, before: Configuration, place: Place, logger: Logger): Promise<Configuration> {
  const kept = (problem: string): Configuration => {
    logger.error({ err: problem }, 'the manifest cannot be used; the current catalog stays in service');
    return { ...before, problem };
  };
  let manifest: Manifest;
  try {
    manifest = await loadManifest(config);
  } catch (error) {
    return kept(messageOf(error));
  }
  const was = before.manifest.registry.metadata;
  const is = manifest.registry.metadata;
  if (is.name !== was.name || is.namespace !== was.namespace) {
    return kept(
      `the manifest is now of registry ${is.namespace}/${is.name}, not ${was.namespace}/${was.name}; start another server for that`,
    );
  }
  if (JSON.stringify(manifest.files) !== JSON.stringify(before.manifest.files)) warnOfFieldsWithoutEffect(manifest, place, logger);
  if (before.problem !== undefined) logger.info({ config }, 'the manifest can be used again');
  return configurationOf(manifest);
}

function warnOfFieldsWithoutEffect(manifest: Manifest, place: Place, logger: Logger): void {
  const fields = fieldsWithoutEffect(manifest.registry, place);
  if (fields.length > 0) logger.warn({ fields }, 'fields of the manifest that have no effect here');
}
