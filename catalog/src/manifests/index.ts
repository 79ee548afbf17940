export {
  kubernetesManifest,
  MANIFEST_KINDS,
  type KubernetesManifest,
  type ManifestKind,
  type ManifestOptions,
  type ManifestUnavailable,
} from './manifest.ts';
export { isObjectName } from './names.ts';
export type { Preparation } from './secret.ts';
export type { TargetChoice } from '../launch/choice.ts';
export type { Input } from '../launch/input.ts';
export type { UnavailableReason } from '../launch/reading.ts';
export type { Answers } from '../launch/text.ts';
