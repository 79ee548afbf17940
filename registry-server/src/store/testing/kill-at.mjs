// For tests: kills the process just before the so many-th change that it makes to files, and says so. Loaded with `node --import`.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const killAt = Number(process.env.KILL_AT);
let changes = 0;

function count() {
  changes += 1;
  if (changes === killAt) process.kill(process.pid, 'SIGKILL');
}

for (const name of ['rename', 'rm', 'link', 'copyFile', 'writeFile', 'mkdir']) {
  const original = fs[name];
  fs[name] = (...args) => {
    count();
    return original(...args);
  };
}
const { open } = fs;
fs.open = async (...args) => {
  if (args[1] !== 'r' && args[1] !== undefined && args[1] !== 0) count();
  const file = await open(...args);
  const { writeFile, sync } = file;
  file.writeFile = (...content) => {
    count();
    return writeFile.apply(file, content);
  };
  file.sync = () => {
    count();
    return sync.call(file);
  };
  return file;
};
syncBuiltinESMExports();
process.on('exit', () => process.stderr.write(`changes: ${changes}\n`));
