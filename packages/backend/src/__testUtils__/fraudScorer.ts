/** Values of the form of `ml-service`, with text that templates must not interpret. */
export const FRAUD_SCORER = {
  team: 'app-ml-team',
  name: 'fraud-scorer',
  description: 'Scores "payments": #1, ${{ 7*7 }} and ${path.cwd}',
  image: 'ghcr.io/acme/fraud-scorer:1.4.2',
  port: 8080,
  size: 'small',
  gpu: true,
  modelLocation: 's3://models-app-ml-team/fraud/1.4.2',
};
