export {
  ARCHIVE_PATTERN,
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
export { MAX_TEMPLATE_URL, templateAdmits } from './template.ts';
export { commandPackage, normalImage, normalPackage, normalUrl } from './normal.ts';
