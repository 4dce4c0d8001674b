import type { JsonObject } from '@backstage/types';

/** One template with values that people could give it. */
export interface GoldenPath {
  template: string;
  user: string;
  team: string;
  workload: string;
  values: JsonObject;
  /** Values of an edit, and a text that its files have from then on. */
  edited: { values: JsonObject; text: string };
  /** Refusal to end a workload with data before its name was typed. */
  lost?: RegExp;
}

const DATA = { user: 'data-engineer', team: 'app-data-team' };
const ML = { user: 'ml-engineer', team: 'app-ml-team' };
const POSTGRES = 'docker.io/library/postgres:17.5-bookworm';
const DATABASE = 'component:default/data-database';

/** Every template that makes workloads, but `ml-service`, whose story `lifecycle.test.ts` tells. */
export const GOLDEN_PATHS: GoldenPath[] = [
  {
    ...DATA,
    template: 'data-processing',
    workload: 'order-totals',
    values: {
      description: 'Adds up the orders of each day',
      image: POSTGRES,
      command: ['psql', '--file=/app/totals.sql', '--set=a="{{ b }}"'],
      script: "-- {{ braces }} and '${quotes}'\nSELECT 1;\n",
      scriptName: 'totals.sql',
      schedule: '5 * * * *',
      size: 'small',
      deadlineMinutes: 30,
      retries: 2,
      concurrency: 'Forbid',
      database: DATABASE,
      inputs: ['component:default/stream-processor'],
      outputs: ['resource:default/totals'],
      variables: [{ name: 'LOOK_BACK_DAYS', value: '2' }],
    },
    edited: { values: { deadlineMinutes: 45 }, text: '2700' },
  },
  {
    ...DATA,
    template: 'data-api',
    workload: 'order-api',
    values: {
      description: 'REST access to orders',
      image: 'docker.io/postgrest/postgrest:v12.2.8',
      port: 3000,
      adminPort: 3001,
      size: 'small',
      readyPath: '/ready',
      livePath: '/live',
      metricsPath: '/metrics',
      variables: [{ name: 'PGRST_DB_SCHEMAS', value: 'api' }],
      databaseKind: 'own',
      databaseVariable: 'PGRST_DB_URI',
      schema: 'CREATE SCHEMA api;\n',
      contract:
        'openapi: 3.0.3\ninfo: { title: Orders, version: 1.0.0 }\npaths: {}\n',
      inputs: ['resource:default/orders'],
    },
    edited: { values: { port: 3010 }, text: '3010' },
  },
  {
    ...DATA,
    template: 'data-quality',
    workload: 'order-checks',
    values: {
      description: 'Checks the orders',
      image: POSTGRES,
      database: DATABASE,
      datasets: ['resource:default/orders'],
      checks: [
        { check: 'complete', table: 'api.orders', column: 'order_id' },
        { check: 'range', table: 'api.orders', column: 'cents', min: 0 },
        { check: 'sql', name: "future's orders", sql: "SELECT 'x' WHERE 1=2" },
      ],
      schedule: '20 * * * *',
      onFailure: 'warning',
      deadlineMinutes: 15,
    },
    edited: { values: { onFailure: 'critical' }, text: '"critical"' },
  },
  {
    ...DATA,
    template: 'stream-processor',
    workload: 'order-stream',
    values: {
      description: 'Takes order events',
      image: 'docker.io/timberio/vector:0.46.1-alpine',
      arguments: ['--config', '/etc/app/vector.yaml'],
      config: 'sources: {}\n',
      configName: 'vector.yaml',
      size: 'small',
      healthPort: 8686,
      healthPath: '/health',
      metricsPort: 9598,
      metricsPath: '/metrics',
      variables: [],
      source: 'kafka',
      brokers: 'orders-kafka:9092',
      topics: ['orders', 'orders.retries'],
      group: 'order-stream',
      lag: 1000,
      maxReplicas: 3,
      database: DATABASE,
    },
    edited: { values: { maxReplicas: 5 }, text: 'maxReplicaCount: 5' },
  },
  {
    ...DATA,
    template: 'dataset',
    workload: 'shipments',
    values: {
      description: 'All shipments since 2019',
      location: 's3://data-app-data-team/{environment}/shipments',
      format: 'parquet',
      columns: [
        { name: 'order_id', type: 'string', required: true, unique: true },
        { name: 'customer_id', type: 'string', personal: true },
      ],
      status: 'active',
      version: '1.0.0',
      freshnessHours: 24,
      retentionDays: 365,
      personalData: 'yes',
      inputs: ['component:default/stream-processor'],
    },
    edited: { values: { version: '1.1.0' }, text: '"1.1.0"' },
  },
  {
    ...ML,
    template: 'database',
    workload: 'feature-database',
    values: {
      description: 'Features of customers',
      size: 'small',
      storageGb: 5,
      schema: 'CREATE TABLE features (customer bigint PRIMARY KEY);\n',
      usedBy: ['component:default/feature-api'],
    },
    // A volume never shrinks, so that a larger one could not be rolled back.
    edited: {
      values: { description: 'Features of all customers' },
      text: 'Features of all customers',
    },
    lost: /Type feature-database .*PersistentVolumeClaim feature-database: is deleted, and its volume \(5Gi\)/,
  },
  {
    ...ML,
    template: 'bucket',
    workload: 'feature-files',
    values: {
      description: 'Features of customers as files',
      expireAfterDays: 30,
      keepOldVersionsDays: 7,
      writers: ['component:default/feature-refresh'],
      readers: [
        'component:default/feature-api',
        'component:default/feature-refresh',
      ],
      keys: true,
    },
    edited: {
      values: { keepOldVersionsDays: 14 },
      text: 'keepOldVersionsDays: "14"',
    },
    lost: /Type feature-files .*The bucket app-ml-team--feature-files--dev is deleted .* once it is empty/,
  },
  {
    ...ML,
    template: 'model',
    workload: 'demand',
    values: {
      description: 'Predicts what customers buy',
      version: '1.4.2',
      modelLocation: 's3://models-app-ml-team/demand/1.4.2',
      licence: 'proprietary',
      run: 'churn-training-20261120-1',
      trainedBy: 'component:default/churn-training',
      datasets: ['resource:default/orders'],
      services: ['component:default/ml-backend'],
      metrics: [{ name: 'ROC AUC', value: 0.91 }],
    },
    edited: {
      values: {
        version: '1.5.0',
        modelLocation: 's3://models-app-ml-team/demand/1.5.0',
      },
      text: '/demand/1.5.0',
    },
  },
];
