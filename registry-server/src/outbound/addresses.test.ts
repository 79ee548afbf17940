import { describe, expect, test } from '@jest/globals';
import { allowedAddress, refusalOf } from './addresses.ts';

const LAPTOP = { privateNetworks: true, loopback: true };
const POD = { privateNetworks: true, loopback: false };
const STRICT = { privateNetworks: false, loopback: false };

describe('an address', () => {
  test.each<[string, laptop: boolean, pod: boolean, strict: boolean]>([
    ['93.184.216.34', true, true, true],
    ['2606:2800:220:1:248:1893:25c8:1946', true, true, true],
    ['10.1.2.3', true, true, false],
    ['172.31.255.255', true, true, false],
    ['172.32.0.1', true, true, true],
    ['192.168.0.1', true, true, false],
    ['100.64.0.1', true, true, false],
    ['fd12:3456::1', true, true, false],
    ['127.0.0.1', true, false, false],
    ['127.255.0.9', true, false, false],
    ['0.0.0.0', true, false, false],
    ['::1', true, false, false],
    ['::', true, false, false],
    ['::ffff:127.0.0.1', true, false, false],
    ['169.254.169.254', false, false, false],
    ['169.254.0.1', false, false, false],
    ['::ffff:169.254.169.254', false, false, false],
    ['::ffff:a9fe:a9fe', false, false, false],
    ['::a9fe:a9fe', false, false, false],
    ['64:ff9b::a9fe:a9fe', false, false, false],
    ['2002:a9fe:a9fe::1', false, false, false],
    ['fe80::1', false, false, false],
    ['fe80::1%eth0', false, false, false],
    ['febf::1', false, false, false],
    ['fd00:ec2::254', false, false, false],
    ['FD00:EC2:0:0:0:0:0:254', false, false, false],
    ['100.100.100.200', false, false, false],
    ['192.0.0.192', false, false, false],
    ['224.0.0.1', false, false, false],
    ['255.255.255.255', false, false, false],
    ['ff02::1', false, false, false],
  ])('%s', (address, laptop, pod, strict) => {
    expect([LAPTOP, POD, STRICT].map((policy) => refusalOf(address, policy) === undefined)).toEqual([laptop, pod, strict]);
  });
});

describe('a host', () => {
  test.each([
    ['[::1]', '::1', 6],
    ['127.0.0.1', '127.0.0.1', 4],
    ['name', '10.0.0.1', 4],
  ])('%s is connected to at %s', async (host, address, family) => {
    expect(await allowedAddress(host, LAPTOP, () => Promise.resolve([{ address: '10.0.0.1', family: 4 }]))).toEqual({ address, family });
  });

  test('with one address that is refused is refused as a whole, and the message names it', async () => {
    const resolve = (): Promise<{ address: string; family: number }[]> =>
      Promise.resolve([
        { address: '93.184.216.34', family: 4 },
        { address: '169.254.169.254', family: 4 },
      ]);
    await expect(allowedAddress('rebind.example', LAPTOP, resolve)).rejects.toMatchObject({
      reason: 'AddressRefused',
      message: expect.stringContaining('rebind.example is 169.254.169.254'),
    });
  });

  test('that does not exist is unreachable', async () => {
    const unknown = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    await expect(allowedAddress('nowhere.example', LAPTOP, () => Promise.reject(unknown))).rejects.toMatchObject({
      reason: 'SourceUnreachable',
      message: 'nowhere.example cannot be resolved: the name is not known',
    });
    await expect(allowedAddress('empty.example', LAPTOP, () => Promise.resolve([]))).rejects.toMatchObject({ reason: 'SourceUnreachable' });
  });
});
