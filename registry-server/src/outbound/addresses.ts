import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { codeOf, messageOf } from '../errors.ts';
import { SourceError } from '../sources/source-error.ts';

/** Which addresses sources may have, besides those that are never allowed. */
export interface AddressPolicy {
  /** RFC 1918 and RFC 4193 networks, in which most companies' hosts are. */
  readonly privateNetworks: boolean;
  /** Only on a laptop: in a pod, loopback is the pod itself and its sidecars. */
  readonly loopback: boolean;
}

/** An allowed address. Connections must use exactly this one: the name may resolve differently later. */
export interface AllowedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds all addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const NEVER = blockList([
  // Link-local, including cloud metadata.
  ['169.254.0.0', 16],
  ['fe80::', 10],
  // Metadata of AWS over IPv6, of Alibaba Cloud and of Oracle Cloud, which are elsewhere.
  ['fd00:ec2::254', 128],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  // Multicast and broadcast.
  ['224.0.0.0', 4],
  ['255.255.255.255', 32],
  ['ff00::', 8],
]);
/** `0.0.0.0` and `::` connect to the machine itself. */
const LOOPBACK = blockList([
  ['127.0.0.0', 8],
  ['0.0.0.0', 8],
  ['::1', 128],
  ['::', 128],
]);
const PRIVATE = blockList([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['fc00::', 7],
]);

/** Why an address may not be connected to; undefined: it may. IPv6 forms of IPv4 addresses are treated as the IPv4 address. */
export function refusalOf(address: string, policy: AddressPolicy): string | undefined {
  const plain = embeddedIPv4(address) ?? address;
  if (isIn(NEVER, plain)) return 'link-local, metadata and multicast addresses are never allowed';
  if (!policy.loopback && isIn(LOOPBACK, plain)) return 'loopback addresses are allowed on a laptop only';
  if (!policy.privateNetworks && isIn(PRIVATE, plain)) return 'private addresses are not allowed with --private-addresses=deny';
  return undefined;
}

/**
 * The address to connect to for a host, which may be a literal one in any form that URLs know. All addresses of a name have to be allowed: a single
 * forbidden one makes the name suspicious. Throws {@link SourceError}.
 */
export async function allowedAddress(host: string, policy: AddressPolicy, resolve: Resolve = resolveAll): Promise<AllowedAddress> {
  const literal = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const found = isIP(literal) === 0 ? await resolved(literal, resolve) : [{ address: literal, family: isIP(literal) }];
  for (const { address } of found) {
    const refusal = refusalOf(address, policy);
    if (refusal === undefined) continue;
    const what = address === literal ? address : `${host} is ${address}`;
    throw new SourceError('AddressRefused', `${what}: ${refusal}`);
  }
  const [first] = found;
  if (first === undefined) throw new SourceError('SourceUnreachable', `${host} has no address`);
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}

async function resolved(host: string, resolve: Resolve): Promise<Awaited<ReturnType<Resolve>>> {
  try {
    return await resolve(host);
  } catch (cause) {
    const why = codeOf(cause) === 'ENOTFOUND' ? 'the name is not known' : messageOf(cause);
    throw new SourceError('SourceUnreachable', `${host} cannot be resolved: ${why}`, { cause });
  }
}

function resolveAll(host: string): ReturnType<Resolve> {
  return systemLookup(host, { all: true, order: 'ipv4first' });
}

/** The IPv4 address that an IPv6 one carries: mapped, compatible, NAT64 (RFC 6052) and 6to4 (RFC 3056). */
function embeddedIPv4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined;
  const words = wordsOf(address);
  const last = hex(words, 6);
  const zeros = (count: number): boolean => words.slice(0, count).every((word) => word === 0);
  if (zeros(5) && words[5] === 0xff_ff) return last;
  if (zeros(6) && (words[6] ?? 0) > 0) return last;
  if (words[0] === 0x64 && words[1] === 0xff_9b) return last;
  return words[0] === 0x20_02 ? hex(words, 1) : undefined;
}

/** Two words as an IPv4 address. */
function hex(words: readonly number[], from: number): string {
  const [high = 0, low = 0] = words.slice(from, from + 2);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** The eight words of an IPv6 address. The URL parser knows every way to write one. */
function wordsOf(address: string): number[] {
  const canonical = new URL(`http://[${address.split('%', 1)[0] ?? ''}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const parse = (part: string | undefined): number[] =>
    part === undefined || part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const [before, after] = [parse(head), parse(tail)];
  return tail === undefined ? before : [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function blockList(networks: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  return list;
}
