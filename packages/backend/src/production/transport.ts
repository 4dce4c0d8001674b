import type { Config } from '@backstage/config';
import { findCspProblems } from './csp';

/** Finds ways in which what browsers and the portal exchange can be read, forged or exhausted. */
export function findTransportProblems(config: Config): string[] {
  return [
    ...findBaseUrlProblems(config),
    ...findProxyProblems(config),
    ...findCorsProblems(config),
    ...findCspProblems(config),
    ...(config.getOptional('backend.rateLimit')
      ? []
      : [
          'backend.rateLimit: missing, so one client can keep the portal busy. Set incomingRequestLimit and window.',
        ]),
  ];
}

function findBaseUrlProblems(config: Config): string[] {
  const app = config.getOptional('app.baseUrl');
  const backend = config.getOptional('backend.baseUrl');
  return app === backend
    ? []
    : [
        `backend.baseUrl: ${backend} is not app.baseUrl, ${app}. Set both to PORTAL_URL: cookies and the content security policy are for one origin.`,
      ];
}

function findProxyProblems(config: Config): string[] {
  const trusted = config.getOptional('backend.trustProxy');
  const certificate = config.getOptional('backend.https');
  if (certificate === true) {
    return [
      'backend.https: true makes a certificate that no browser trusts. Set certificate.cert and certificate.key.',
    ];
  }
  if (trusted === true) {
    return [
      'backend.trustProxy: true believes every X-Forwarded-For, so a client chooses its own address. Set the number of proxies in front of the portal.',
    ];
  }
  return trusted || certificate
    ? []
    : [
        'backend.trustProxy: missing. Set the number of proxies in front of the portal that end TLS, or set backend.https.',
      ];
}

function findCorsProblems(config: Config): string[] {
  const origins = [config.getOptional('backend.cors.origin') ?? []].flat();
  return origins
    .filter(origin => origin !== config.getOptional('app.baseUrl'))
    .map(
      origin =>
        `backend.cors.origin: ${origin} can read answers with the credentials of whoever visits it. Set PORTAL_URL.`,
    );
}
