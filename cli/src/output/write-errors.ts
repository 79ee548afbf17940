import { dirname } from 'node:path';

/** Why a file or folder cannot be written, as the end of a sentence. */
export function reasonOf(path: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return `there is no folder ${dirname(path)}, or none that files can be made in`;
    case 'ENOTDIR':
      return 'a part of its path is no folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'you have no right to write there';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return message;
  }
}
