import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { certificateFilesOf } from '../../model/system/certificate-files.js';
import type { System } from '../../model/system/system.js';
import { Authority } from './authority.js';
import { ensureCertificates } from './ensure-certificates.js';

const services = ['user-service', 'api-gateway'].map((name) => ({ name }) as System['services'][number]);

describe('the certificates of a machine', () => {
  let root: string;
  let files: ReturnType<typeof certificateFilesOf>;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'msx-certs-'));
    files = certificateFilesOf(root);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const ensure = (options?: { force: boolean }) =>
    ensureCertificates({ name: 'shop', root, services }, options);
  const certificateOf = (file: string) => new X509Certificate(readFileSync(file));
  /** The reason for each certificate that was created. */
  const madeBy = async (options?: { force: boolean }) =>
    Object.fromEntries((await ensure(options)).certificates.map(({ name, made }) => [name, made]));

  it('are one for each service, signed by an authority of the machine', async () => {
    expect(await madeBy()).toEqual({
      authority: 'missing',
      'user-service': 'missing',
      'api-gateway': 'missing',
    });
    const certificate = certificateOf(files.of('user-service'));
    expect(certificate.checkIssued(certificateOf(files.ca))).toBe(true);
    expect(certificate.verify(certificateOf(files.ca).publicKey)).toBe(true);
    for (const host of ['user-service', 'localhost']) expect(certificate.checkHost(host)).toBe(host);
    for (const ip of ['127.0.0.1', '::1']) expect(certificate.checkIP(ip)).toBe(ip);
    expect(certificate.checkHost('api-gateway')).toBeUndefined();
    expect(certificateOf(files.ca)).toMatchObject({ ca: true, subject: 'CN=shop authority' });
  });

  it('are private to their owner, except the public certificate of the authority', async () => {
    await ensure();
    const modes = readdirSync(files.folder).map((file) => [
      file,
      statSync(join(files.folder, file)).mode & 0o777,
    ]);
    expect(Object.fromEntries(modes)).toEqual({
      'authority.pem': 0o600,
      'ca.pem': 0o644,
      'user-service.pem': 0o600,
      'api-gateway.pem': 0o600,
    });
    expect(readFileSync(files.ca, 'utf8')).not.toContain('PRIVATE');
  });

  it('are created once, and again on request', async () => {
    const first = await ensure();
    const second = await ensure();
    expect(second).toEqual({
      ...first,
      certificates: first.certificates.map(({ made: _, ...kept }) => kept),
    });
    const before = readFileSync(files.ca, 'utf8');
    const all = { authority: 'asked for', 'user-service': 'asked for', 'api-gateway': 'asked for' };
    expect(await madeBy({ force: true })).toEqual(all);
    expect(readFileSync(files.ca, 'utf8')).not.toBe(before);
  });

  it('are renewed when they are no longer usable', async () => {
    await ensure();
    const authority = await Authority.parse(readFileSync(files.authority, 'utf8'));
    const user = files.of('user-service');
    const expectMade = async (made: string | undefined) =>
      expect(await madeBy()).toEqual({
        authority: undefined,
        'user-service': made,
        'api-gateway': undefined,
      });
    writeFileSync(user, await authority.issue('user-service', { days: 30, fromDays: -61 }));
    await expectMade('expiring');
    writeFileSync(user, await authority.issue('user-service', { days: 31, fromDays: -60 }));
    await expectMade(undefined);
    writeFileSync(user, await authority.issue('order-service'));
    await expectMade('for another name');
    writeFileSync(user, 'nonsense');
    await expectMade('unreadable');
    rmSync(user);
    await expectMade('missing');
    rmSync(files.ca);
    await expectMade(undefined);
    expect(certificateOf(files.ca).ca).toBe(true);
    rmSync(files.authority);
    const renewed = 'of another authority';
    expect(await madeBy()).toEqual({ authority: 'missing', 'user-service': renewed, 'api-gateway': renewed });
  });

  it('work for mutual TLS between a server and a client', async () => {
    await ensure();
    const read = (name: string) => {
      const pem = readFileSync(files.of(name));
      return { cert: pem, key: pem, ca: readFileSync(files.ca) };
    };
    const server = createServer({ ...read('user-service'), requestCert: true, rejectUnauthorized: true });
    const seen = once(server, 'secureConnection');
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect({ port, host: '127.0.0.1', servername: 'user-service', ...read('api-gateway') });
    const [socket] = (await seen) as [TLSSocket];
    expect(socket.getPeerCertificate().subject.CN).toBe('api-gateway');
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});
