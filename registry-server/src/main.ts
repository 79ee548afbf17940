import { serve } from './serve.ts';

// No top-level await: bundles are CommonJS (hack/build.ts).
void serve('registry-server', process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});
