import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/**
 * Serves at `/metrics` what Backstage and its plugins count, when `OTEL_METRICS_EXPORTER` is `prometheus`. OpenTelemetry's
 * `OTEL_EXPORTER_PROMETHEUS_HOST` and `OTEL_EXPORTER_PROMETHEUS_PORT` say where: `localhost`, 9464. Has to come before
 * anything that counts, since what is counted earlier goes nowhere.
 *
 * @returns how to end it; undefined when nobody asked for it.
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
        // Pages do not depend on it.
        process.stderr.write(`Metrics are not served: ${error}\n`);
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
