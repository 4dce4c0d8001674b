import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kustomizeMessage } from './kustomizeMessage';

/** Output of versions of kubectl for the same error, recorded on 2026-11-29. */
const RECORDED = {
  'kubectl 1.27 to 1.33': `# Warning: 'bases' is deprecated. Please use 'resources' instead. Run 'kustomize edit fix' to update your Kustomization automatically.
error: accumulating resources: accumulation err='accumulating resources from 'base': '/tmp/x/base' must resolve to a file': recursed accumulation of path '/tmp/x/base': accumulating resources: accumulating resources from 'y.yaml': MalformedYAMLError: yaml: invalid leading UTF-8 octet in File: y.yaml
`,
  'kubectl 1.32 of the Google Cloud CLI': `# Warning: 'bases' is deprecated. Please use 'resources' instead. Run 'kustomize edit fix' to update your Kustomization automatically.
E1129 17:36:27.490632   21441 run.go:72] "command failed" err="accumulating resources: accumulation err='accumulating resources from 'base': '/tmp/x/base' must resolve to a file': recursed accumulation of path '/tmp/x/base': accumulating resources: accumulating resources from 'y.yaml': MalformedYAMLError: yaml: invalid leading UTF-8 octet in File: y.yaml"
`,
};

describe('kustomizeMessage', () => {
  it.each(Object.entries(RECORDED))('reads %s', (_, stderr) => {
    expect(kustomizeMessage(stderr, '/tmp/x')).toBe(
      "accumulating resources: in base: accumulating resources: accumulating resources from 'y.yaml': MalformedYAMLError: yaml: invalid leading UTF-8 octet in File: y.yaml",
    );
  });

  it('unquotes a patch without a target', () => {
    expect(
      kustomizeMessage(
        String.raw`E1129 17:36:26.582617   21408 run.go:72] "command failed" err="no resource matches strategic merge patch \"ConfigMap.v1.[noGrp]/b.[noNs]\": no matches for Id ConfigMap.v1.[noGrp]/b.[noNs]"`,
        '/tmp/x',
      ),
    ).toBe(
      'A patch targets ConfigMap b (v1), but no resource matches. Compare apiVersion, kind and name of the patch with those of the resource. (Kustomize: no resource matches strategic merge patch "ConfigMap.v1.[noGrp]/b.[noNs]": no matches for Id ConfigMap.v1.[noGrp]/b.[noNs])',
    );
  });

  it('keeps an error that it does not know, and says so without one', () => {
    expect(
      kustomizeMessage(
        'W1129 10:00:00.000001 1 x.go:1] slow\nE1129 10:00:00.000002 1 y.go:2] broken',
        '/tmp/x',
      ),
    ).toBe('broken');
    expect(kustomizeMessage('', '/tmp/x')).toBe(
      'Kustomize cannot build this, and does not say why.',
    );
  });

  // With an expression that takes the square of the length, this would take minutes.
  it('reads no more of a message than people would', () => {
    const message = kustomizeMessage(
      `error: ${"accumulation err='x".repeat(400_000)}`,
      '/tmp/x',
    );
    expect(message).toHaveLength(2_000);
  });

  it('reads the installed kubectl', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'kustomize-message-'));
    try {
      await writeFile(
        path.join(directory, 'kustomization.yaml'),
        'resources: [x.yaml]\n',
      );
      await writeFile(path.join(directory, 'x.yaml'), 'a: [\n');
      const { stderr, status } = spawnSync(
        'kubectl',
        ['kustomize', directory],
        { encoding: 'utf8' },
      );
      expect(status).not.toBe(0);
      expect(kustomizeMessage(stderr, directory)).toMatch(
        /^accumulating resources: accumulating resources from 'x\.yaml': .* in File: x\.yaml$/,
      );
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
