/** Writes anew what the manifests below cli/src/migrate/testdata become. Look at the differences: they are what users will get. */
import { writeExpected } from '../cli/src/migrate/testing.ts';

writeExpected();
