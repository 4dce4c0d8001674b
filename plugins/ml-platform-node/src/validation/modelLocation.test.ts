import { modelLocationProblem } from './modelLocation';

const buckets = ['data-app-ml-team', 'models-app-ml-team'];

describe('modelLocationProblem', () => {
  it.each([
    's3://models-app-ml-team',
    's3://models-app-ml-team/',
    's3://models-app-ml-team/fraud/1.4.2',
    's3://data-app-ml-team/runs/2026 11/a+b@c/model=best',
    'gs://models/fraud/1.4.2',
    'hf://meta-llama/Llama-3.1-8B',
    'hf://google/gemma-2b@main/model.safetensors',
    'models:/fraud/7',
    'models:/fraud@champion',
  ])('accepts %s', location => {
    expect(modelLocationProblem(location, buckets)).toBeUndefined();
  });

  it.each([
    ['s3://192.168.1.1/x', 'does not begin with the name of a bucket'],
    ['s3://Models/x', 'does not begin with the name of a bucket'],
    ['s3://a..b/x', 'does not begin with the name of a bucket'],
    ['s3:///x', 'does not begin with the name of a bucket'],
    ['s3://models-app-ml-team/../x', 'has a path that is not valid'],
    ['s3://models-app-ml-team//x', 'has a path that is not valid'],
    ['s3://models-app-ml-team/*', 'has a path that is not valid'],
    ['s3://models-app-ml-team/${aws:username}', 'has a path that is not valid'],
    ['s3://models-app-ml-team/a\nb', 'has a path that is not valid'],
    ['s3://models/../x', 'has a path that is not valid'],
    [
      's3://models-app-data-team/x',
      "is in a bucket that is not the team's. Move the model to data-app-ml-team or models-app-ml-team.",
    ],
    ['s3://acme-platform-state/x', "is in a bucket that is not the team's"],
    ['gs://models/../x', 'is not valid. Write s3://bucket/path'],
    ['file:///etc/passwd', 'is not valid. Write s3://bucket/path'],
    ['http://169.254.169.254/', 'is not valid. Write s3://bucket/path'],
    ['fraud', 'is not valid. Write s3://bucket/path'],
  ])('refuses %j', (location, problem) => {
    expect(modelLocationProblem(location, buckets)).toContain(problem);
  });
});
