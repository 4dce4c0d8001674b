// Measures previews and tasks (p50 and p95) on a running `npm start`. It leaves pull requests open: reset the sandbox
// afterwards. Usage: node bench/requests.mjs [runs]
const base = 'http://localhost:7007';
const runs = Number(process.argv[2] ?? 20);

async function json(path, init = {}) {
  const response = await fetch(`${base}${path}`, init);
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
  return response.json();
}

async function signIn(persona) {
  const session = await json(
    `/api/auth/sandbox/refresh?persona=${persona}&env=development`,
    { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
  );
  return session.backstageIdentity.token;
}

function quantile(sorted, q) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
}

function report(measure, milliseconds) {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = q => Math.round(quantile(sorted, q));
  process.stdout.write(
    `${measure}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms of ${sorted.length}\n`,
  );
}

const headers = {
  Authorization: `Bearer ${await signIn('ml-engineer')}`,
  'Content-Type': 'application/json',
};
const templateRef = 'template:default/ml-service';
const values = index => ({
  team: 'app-ml-team',
  name: `bench-${Date.now().toString(36)}-${index}`,
  description: 'Measured, then forgotten',
  image: 'ghcr.io/mlflow/mlflow:v2.20.3',
  port: 8080,
  size: 'small',
  gpu: false,
  modelLocation: '',
});

const previews = [];
const tasks = [];
for (let index = 0; index < runs; index += 1) {
  const inputs = values(index);
  let started = performance.now();
  const preview = await json('/api/ml-platform/preview', {
    method: 'POST',
    headers,
    body: JSON.stringify({ templateRef, values: inputs }),
  });
  previews.push(performance.now() - started);

  started = performance.now();
  const { id } = await json('/api/scaffolder/v2/tasks', {
    method: 'POST',
    headers,
    body: JSON.stringify({
      templateRef,
      values: { ...inputs, previewDigest: preview.report.digest },
    }),
  });
  for (;;) {
    const task = await json(`/api/scaffolder/v2/tasks/${id}`, { headers });
    if (task.status === 'completed') {
      break;
    }
    if (task.status === 'failed') {
      throw new Error(`task ${id} failed`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  tasks.push(performance.now() - started);
}
report('preview', previews);
report('task, from submit to pull request', tasks);
