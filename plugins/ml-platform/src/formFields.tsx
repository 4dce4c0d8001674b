import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

const teamPicker = FormFieldBlueprint.make({
  name: 'team-picker',
  params: { field: () => import('./fields/TeamPicker').then(m => m.field) },
});

const workloadName = FormFieldBlueprint.make({
  name: 'workload-name',
  params: { field: () => import('./fields/WorkloadName').then(m => m.field) },
});

const requestMode = FormFieldBlueprint.make({
  name: 'request-mode',
  params: { field: () => import('./fields/RequestMode').then(m => m.field) },
});

const environment = FormFieldBlueprint.make({
  name: 'environment',
  params: { field: () => import('./fields/Environment').then(m => m.field) },
});

const deployment = FormFieldBlueprint.make({
  name: 'deployment',
  params: { field: () => import('./fields/Deployment').then(m => m.field) },
});

const image = FormFieldBlueprint.make({
  name: 'image',
  params: { field: () => import('./fields/Image').then(m => m.field) },
});

const schedule = FormFieldBlueprint.make({
  name: 'schedule',
  params: { field: () => import('./fields/Schedule').then(m => m.field) },
});

const guide = FormFieldBlueprint.make({
  name: 'guide',
  params: { field: () => import('./fields/Guide').then(m => m.field) },
});

const groupPicker = FormFieldBlueprint.make({
  name: 'group-picker',
  params: { field: () => import('./fields/GroupPicker').then(m => m.field) },
});

const teamName = FormFieldBlueprint.make({
  name: 'team-name',
  params: { field: () => import('./fields/TeamName').then(m => m.field) },
});

const environmentTiers = FormFieldBlueprint.make({
  name: 'environment-tiers',
  params: {
    field: () => import('./fields/EnvironmentTiers').then(m => m.field),
  },
});

const teamSizes = FormFieldBlueprint.make({
  name: 'team-sizes',
  params: { field: () => import('./fields/TeamSizes').then(m => m.field) },
});

const teamShare = FormFieldBlueprint.make({
  name: 'team-share',
  params: { field: () => import('./fields/TeamShare').then(m => m.field) },
});

const preview = FormFieldBlueprint.make({
  name: 'preview',
  params: { field: () => import('./fields/Preview').then(m => m.field) },
});

export const formFields = [
  teamPicker,
  workloadName,
  requestMode,
  environment,
  deployment,
  image,
  schedule,
  guide,
  groupPicker,
  teamName,
  environmentTiers,
  teamSizes,
  teamShare,
  preview,
];
