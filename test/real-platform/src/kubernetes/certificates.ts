import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../processes/run';

export interface Certificates {
  authority: string;
  authorityKey: string;
  /** Certificate of all servers on loopback. */
  serving: string;
  servingKey: string;
  serviceAccountKey: string;
}

const DAYS = '30';
const NEW_KEY = [
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
];

const LOOPBACK = ['IP:127.0.0.1', 'DNS:localhost'];

/**
 * Creates an authority, a serving certificate, and the key that signs service account tokens.
 *
 * @param names - of the serving certificate, as `subjectAltName`
 */
export async function createCertificates(
  directory: string,
  names: string[] = [...LOOPBACK, 'DNS:kubernetes.default.svc'],
): Promise<Certificates> {
  const path = (name: string) => join(directory, name);
  const certificates = {
    authority: path('authority.crt'),
    authorityKey: path('authority.key'),
    serving: path('serving.crt'),
    servingKey: path('serving.key'),
    serviceAccountKey: path('service-account.key'),
  };
  await writeFile(
    path('openssl.cnf'),
    `[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[serving]
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = ${names.join(',')}
`,
  );
  const config = ['-config', path('openssl.cnf')];
  await run('openssl', [
    'req',
    '-x509',
    ...NEW_KEY,
    ...config,
    '-extensions',
    'authority',
    '-subj',
    '/CN=ml-platform-real',
    '-days',
    DAYS,
    '-keyout',
    certificates.authorityKey,
    '-out',
    certificates.authority,
  ]);
  await run('openssl', [
    'req',
    '-new',
    ...NEW_KEY,
    ...config,
    '-subj',
    '/CN=localhost',
    '-keyout',
    certificates.servingKey,
    '-out',
    path('serving.csr'),
  ]);
  await run('openssl', [
    'x509',
    '-req',
    '-in',
    path('serving.csr'),
    '-days',
    DAYS,
    '-CA',
    certificates.authority,
    '-CAkey',
    certificates.authorityKey,
    '-set_serial',
    '2',
    '-extfile',
    path('openssl.cnf'),
    '-extensions',
    'serving',
    '-out',
    certificates.serving,
  ]);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(
    certificates.serviceAccountKey,
    privateKey.export({ type: 'pkcs1', format: 'pem' }),
  );
  return certificates;
}
