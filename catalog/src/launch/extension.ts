import { PUBLISHER_META, TOOLHIVE_EXTENSION } from '../entry/entry.ts';
import { at, isObject, own, type JsonObject } from '../json.ts';
import { normalImage } from '../references/normal.ts';

/** ToolHive's extension of an entry for one image. */
export function imageExtension(server: JsonObject, image: string): JsonObject {
  const extensions = at(server, '_meta', PUBLISHER_META, TOOLHIVE_EXTENSION);
  const [, extension] =
    Object.entries(isObject(extensions) ? extensions : {}).find(([key]) => normalImage(key) === normalImage(image)) ?? [];
  return isObject(extension) ? extension : {};
}

/** The arguments of an image whose package has none: ToolHive's own catalogs have them there (toolhive-core, registry/converters). */
export function extensionArguments(server: JsonObject, image: string): string[] {
  const args = own(imageExtension(server, image), 'args');
  return Array.isArray(args) ? args.filter((one) => typeof one === 'string') : [];
}
