import { dirname } from 'node:path';

/** Why a file or folder cannot be written, as the end of a sentence. */
export function reasonOf(path: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return `there is no folder ${dirname(path)}, or files cannot be created in it`;
    case 'ENOTDIR':
      return 'a part of its path is not a folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'you do not have permission to write there';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return message;
  }
}
