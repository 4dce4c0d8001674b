import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

const teamPicker = FormFieldBlueprint.make({
  name: 'team-picker',
  params: { field: () => import('./fields/TeamPicker').then(m => m.field) },
});

const workloadName = FormFieldBlueprint.make({
  name: 'workload-name',
  params: { field: () => import('./fields/WorkloadName').then(m => m.field) },
});

const image = FormFieldBlueprint.make({
  name: 'image',
  params: { field: () => import('./fields/Image').then(m => m.field) },
});

const preview = FormFieldBlueprint.make({
  name: 'preview',
  params: { field: () => import('./fields/Preview').then(m => m.field) },
});

export const formFields = [teamPicker, workloadName, image, preview];
