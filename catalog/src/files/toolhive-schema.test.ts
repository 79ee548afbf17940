import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { draft, REAL_CATALOGS, snapshotOf, testdata } from '../testing.ts';
import { writeCatalog } from './write.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(testdata('toolhive-legacy-registry.schema.json').toString()) as object);

/** What ToolHive's schema of the form demands and these catalogs cannot give, since it is not known or written otherwise in the original. */
const KNOWN = [
  // Nobody says which tools a server has.
  /^\/(?:remote_)?servers\/[^/]+\/tools minItems$/,
  // Schema and image references do not go together for digests and upper case.
  /^\/servers\/[^/]+\/image pattern$/,
  // Parts of a URL or a name that the user gives, `{host}`.
  /^\/remote_servers\/[^/]+\/url format$/,
  /^\/servers\/[^/]+\/env_vars\/\d+\/name pattern$/,
];

test.each(REAL_CATALOGS)('%s in the form before February 2026 matches its schema', (catalog) => {
  const bytes = Buffer.concat([...writeCatalog(snapshotOf([draft('s', testdata(catalog))]), 'toolhive')].flatMap((piece) => piece ?? []));
  validate(JSON.parse(bytes.toString()));
  const errors = (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  expect(errors.filter((error) => !KNOWN.some((known) => known.test(error)))).toEqual([]);
});
