/**
 * ToolHive's fields that server.json has no place for; they travel in the publisher's extension under the same names
 * (mapping of toolhive-core's converters; image and remote servers differ in the last three).
 */
export const EXTENSION_FIELDS = [
  'status',
  'tier',
  'tools',
  'tags',
  'overview',
  'tool_definitions',
  'metadata',
  'custom_metadata',
  'stateless',
  'proxy_port',
  'args',
  'permissions',
  'provenance',
  'docker_tags',
  'oauth_config',
] as const;

/** Version of every entry in a format without versions (as in toolhive-core's converters). */
export const UNVERSIONED = '1.0.0';
/** Namespace of keys without one (as in toolhive-core's converters). */
export const KEY_NAMESPACE = 'io.github.stacklok';
/** The schema generation of converted entries. */
export const SERVER_SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';
