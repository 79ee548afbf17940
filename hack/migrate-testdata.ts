/** Rewrites the expected output for the manifests in cli/src/migrate/testdata. Review the differences: users will get them. */
import { writeExpected } from '../cli/src/migrate/testing.ts';

writeExpected();
