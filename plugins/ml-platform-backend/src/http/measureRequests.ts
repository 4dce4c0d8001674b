import { metrics } from '@opentelemetry/api';
import type { RequestHandler } from 'express';

/** Middleware that records request durations by route pattern. Paths would make an unbounded number of series. */
export function measureRequests(): RequestHandler {
  const duration = metrics
    .getMeter('ml-platform')
    .createHistogram('ml_platform.http.request.duration', {
      description: 'Time from the request to the end of the response',
      unit: 's',
      advice: {
        explicitBucketBoundaries: [
          0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
        ],
      },
    });
  return (request, response, next) => {
    const start = process.hrtime.bigint();
    response.once('close', () =>
      duration.record(Number(process.hrtime.bigint() - start) / 1e9, {
        'http.request.method': request.method,
        'http.route': request.route?.path ?? 'none',
        'http.response.status_code': response.statusCode,
      }),
    );
    next();
  };
}
