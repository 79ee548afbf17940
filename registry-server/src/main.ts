import { serve } from './serve.ts';

process.exitCode = await serve('registry-server', process.argv.slice(2), process);
