export {
  DEFAULT_FOLDER,
  DEFAULT_HOST,
  DEFAULT_TAG,
  DOTS_PATTERN,
  HARMLESS_OPTIONS,
  HOST_PATTERN,
  LEGACY_HOST,
  NPM_PATTERN,
  PYPI_PATTERN,
  REFERENCE_KINDS,
  URL_PATTERN,
  type ReferenceKind,
} from './forms.ts';
export { commandPackage, normalImage, normalPackage, normalUrl } from './normal.ts';
