import { redactSecrets } from './redactSecrets';

it.each([
  ['/app/config/settings.yaml', '/app/config/settings.yaml'],
  ['/usr/lib/python3.12/site-packages/mlflow', null],
  ['AWS Access Key ID', null],
  ['Asymmetric Private Key', null],
  ['AKIAIOSFODNN7EXAMPLE in /root/.aws', '… in /root/.aws'],
  ['/tmp/ghp_16C7e42F292c6912E7710c838347Ae178B4a', '/tmp/ghp_…'],
  ['/etc/model-config-2026-11-05.yaml', null],
  ['key 0b5e0ab2-1c5f-4b3e-9d55-aaaaaaaaaaaa', 'key …'],
  ['postgres://user:hunter2@db/scores', 'postgres://…@db/scores'],
  ['found password=hunter2 there', 'found password=… there'],
  ['API_KEY: abc', 'API_KEY: …'],
])('redacts "%s"', (text, expected) => {
  expect(redactSecrets(text)).toBe(expected ?? text);
});
