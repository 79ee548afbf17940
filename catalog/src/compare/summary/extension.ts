import { PUBLISHER_META, TOOLHIVE_EXTENSION } from '../../entry/entry.ts';

/** The place of ToolHive's extension of an image or URL. */
export const EXTENSION: readonly string[] = ['server', '_meta', PUBLISHER_META, TOOLHIVE_EXTENSION, '*'];
