import { gzipSync } from 'node:zlib';
import type { MadeFile } from './files.ts';

const BLOCK = 512;

/**
 * A reproducible gzipped tar archive (POSIX ustar): files have no owner, and the given time
 * in seconds since 1970. Paths have up to 100 ASCII characters.
 */
export function tarGz(files: readonly MadeFile[], seconds: number): Buffer {
  const entries = files.flatMap((file) => {
    const content = Buffer.from(file.content);
    return [header(file, content.length, seconds), content, Buffer.alloc(-content.length & (BLOCK - 1))];
  });
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]), { level: 9 });
}

function header({ path, executable = false }: MadeFile, size: number, seconds: number): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(path)) throw new Error(`the path "${path}" does not fit in an archive`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(path, 0);
  block.write(octal(executable ? 0o755 : 0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(seconds, 11), 136);
  // The sum is made with spaces in its own place.
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
