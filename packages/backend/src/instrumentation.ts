import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/**
 * Serves the metrics of Backstage and its plugins at `/metrics` if `OTEL_METRICS_EXPORTER` is `prometheus`. OpenTelemetry's
 * `OTEL_EXPORTER_PROMETHEUS_HOST` and `OTEL_EXPORTER_PROMETHEUS_PORT` (9464 by default) set the address. Call it before
 * anything creates metrics: earlier ones are lost.
 *
 * @returns undefined if metrics are not enabled
 */
export function startMetrics(
  environment: NodeJS.ProcessEnv,
): { stop(): Promise<void> } | undefined {
  if (environment.OTEL_METRICS_EXPORTER !== 'prometheus') {
    return undefined;
  }
  const port = environment.OTEL_EXPORTER_PROMETHEUS_PORT;
  const exporter = new PrometheusExporter(
    {
      host: environment.OTEL_EXPORTER_PROMETHEUS_HOST,
      port: port ? Number(port) : undefined,
    },
    error => {
      if (error) {
        // The portal works without metrics.
        process.stderr.write(`Failed to serve metrics: ${error}\n`);
      }
    },
  );
  const provider = new MeterProvider({ readers: [exporter] });
  metrics.setGlobalMeterProvider(provider);
  return {
    stop: async () => {
      metrics.disable();
      await provider.shutdown();
    },
  };
}
