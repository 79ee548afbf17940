import { converterCases } from '../../catalog/src/formats/toolhive/converter-cases.ts';

process.stdout.write(JSON.stringify([...converterCases()]));
