/** The contents of entries, for programs that read items of the API and build no snapshot. */
export { entryTags, OFFICIAL_META, ORIGIN_META, PUBLISHER_META, toolhiveExtensions, TOOLHIVE_EXTENSION } from './entry.ts';
export { isAbout, nameIn } from './finding-place.ts';
export { asText, at, isObject, own, type Json, type JsonObject } from '../json.ts';
