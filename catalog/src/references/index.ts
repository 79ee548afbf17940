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
export { fieldAt, textsAt } from './fields.ts';
export { freshReferences, referencesOfObject, type NamedReference, type NamingFields } from './of-object.ts';
export { FIELD_PATTERN, POD_LISTS, POD_NAMES } from './pod-template.ts';
export { MAX_TEMPLATE_URL, templateAdmits } from './template.ts';
export { commandPackage, normalImage, normalPackage, normalUrl } from './normal.ts';
