import { readFileSync } from 'node:fs';

/** Resident memory of a process in MB (10^6 bytes): VmRSS, shared pages of the Node.js binary included. */
export function residentMB(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kibibytes === undefined) throw new Error(`/proc/${pid}/status has no VmRSS`);
  return (Number(kibibytes) * 1024) / 1e6;
}

/** Linux counts in hundredths of a second for programs, whatever the kernel's own tick is. */
const TICKS_PER_SECOND = 100;

/** Processor time of a process so far, in seconds: user and system, all threads. */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may contain anything; fields are counted after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Bytes that a process has read so far, from files and connections alike. */
export function charactersRead(pid: number): number {
  const [, count] = /^rchar: (\d+)$/mu.exec(readFileSync(`/proc/${pid}/io`, 'utf8')) ?? [];
  if (count === undefined) throw new Error(`/proc/${pid}/io has no rchar`);
  return Number(count);
}
