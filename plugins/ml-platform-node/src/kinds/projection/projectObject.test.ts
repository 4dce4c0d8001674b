import { objectTypes, type ObjectType } from '../../clusterStore/objectTypes';
import { InternPool } from './InternPool';
import { projectObject } from './projectObject';

const project = (type: ObjectType, source: unknown, pool = new InternPool()) =>
  projectObject(source, objectTypes[type], pool);

const pod = (name: string) => ({
  metadata: {
    name,
    namespace: 'team',
    labels: { app: 'scorer' },
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': 'x'.repeat(5000),
      'example.com/note': 'kept',
    },
    managedFields: [{ manager: 'kubelet' }],
  },
  spec: {
    containers: [
      {
        name: 'server',
        image: 'ghcr.io/acme/scorer:1',
        env: [{ name: 'PASSWORD', value: 'hunter2' }],
        args: ['--token=hunter2'],
        resources: { limits: { 'nvidia.com/gpu': '1' } },
      },
    ],
  },
  status: {
    containerStatuses: [{ name: 'server', ready: false, restartCount: 0 }],
  },
});

describe('projectObject', () => {
  it('keeps the fields of the projection, zeros included, and no environment or arguments', () => {
    const projected = project('pods', pod('a'));

    expect(projected).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'a',
        namespace: 'team',
        labels: { app: 'scorer' },
        annotations: { 'example.com/note': 'kept' },
      },
      spec: {
        containers: [
          {
            name: 'server',
            image: 'ghcr.io/acme/scorer:1',
            resources: { limits: { 'nvidia.com/gpu': '1' } },
          },
        ],
      },
      status: {
        containerStatuses: [{ name: 'server', ready: false, restartCount: 0 }],
      },
    });
  });

  it('interns parts that objects have in common', () => {
    const pool = new InternPool();
    const [a, b] = ['a', 'b'].map(name => project('pods', pod(name), pool)!);

    expect(a.metadata.labels).toBe(b.metadata.labels);
    expect(a.spec?.containers).toBe(b.spec?.containers);
  });

  it('interns equal findings and keeps different ones apart', () => {
    const pool = new InternPool();
    const findings = (title: string) =>
      project(
        'vulnerabilityreports',
        {
          metadata: { name: title },
          report: {
            vulnerabilities: [
              { vulnerabilityID: 'CVE-1', resource: 'openssl', title },
            ],
          },
        },
        pool,
      )!.report?.vulnerabilities as object[];
    const [one, same, other] = ['one', 'one', 'other'].map(findings);

    expect(same[0]).toBe(one[0]);
    expect(other[0]).toMatchObject({ title: 'other' });
  });

  it('drops the secret that a scan matched', () => {
    const projected = project('exposedsecretreports', {
      metadata: { name: 'report' },
      report: {
        secrets: [{ ruleID: 'aws', target: '/app/.env', match: 'AKIA*****' }],
      },
    });

    expect(projected?.report?.secrets).toEqual([
      { ruleID: 'aws', target: '/app/.env' },
    ]);
  });

  it('keeps the keys of ConfigMaps and drops their values', () => {
    expect(
      project('configmaps', { metadata: { name: 'a' }, data: { a: 'b' } }),
    ).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: { a: '(not read by the portal)' },
    });
  });

  it.each([undefined, null, 'text', [], {}, { metadata: null }])(
    'projects nothing from %p',
    source => {
      expect(project('pods', source)).toBeUndefined();
    },
  );

  it.each(Object.keys(objectTypes) as ObjectType[])(
    'survives malformed %s',
    type => {
      for (const odd of ['text', 7, [null], { containers: 'none' }]) {
        expect(
          project(type, {
            metadata: { name: 'odd', labels: odd, ownerReferences: odd },
            spec: odd,
            status: odd,
            report: odd,
          })?.metadata.name,
        ).toBe('odd');
      }
    },
  );

  it('keeps the beginning of long messages', () => {
    const message = 'x'.repeat(1_000_000);
    const cut = `${'x'.repeat(10_000)}…`;
    const state = {
      waiting: { reason: 'CreateContainerError', message },
      terminated: { exitCode: 1, message },
    };
    expect(
      project('pods', {
        ...pod('a'),
        status: {
          message,
          conditions: [{ type: 'Ready', message }],
          containerStatuses: [{ name: 'server', state }],
        },
      }),
    ).toMatchObject({
      status: {
        message: cut,
        conditions: [{ message: cut }],
        containerStatuses: [
          {
            state: { waiting: { message: cut }, terminated: { message: cut } },
          },
        ],
      },
    });
    expect(
      project('events', { metadata: { name: 'a' }, message }),
    ).toMatchObject({
      message: cut,
    });
    expect(
      project('applications', {
        metadata: { name: 'a' },
        status: {
          health: { message },
          operationState: {
            message,
            syncResult: { resources: [{ status: 'SyncFailed', message }] },
          },
        },
      }),
    ).toMatchObject({
      status: {
        health: { message: cut },
        operationState: {
          message: cut,
          syncResult: { resources: [{ message: cut }] },
        },
      },
    });
  });
});
