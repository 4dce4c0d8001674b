import { applications } from './argocd/applications';
import { applicationSets } from './argocd/applicationSets';
import { access } from './forge/access';
import { goClients } from './forge/goClients';
import { merges } from './forge/merges';
import { pullRequests } from './forge/pullRequests';
import { reviews } from './forge/reviews';
import { statuses } from './forge/statuses';
import { webhooks } from './forge/webhooks';
import { discovery } from './kubernetes/discovery';
import { errors } from './kubernetes/errors';
import { jobs } from './kubernetes/jobs';
import { lists } from './kubernetes/lists';
import { podLogs } from './kubernetes/podLogs';
import { quotas } from './kubernetes/quotas';
import { representations } from './kubernetes/representations';
import { watches } from './kubernetes/watches';
import { workloads } from './kubernetes/workloads';
import type { Assertions } from './Suite';

/** The assertions for either target. The order matters: later areas change objects that earlier ones check. */
export const areas: Record<string, Assertions> = {
  'Kubernetes workloads': workloads,
  'Kubernetes Jobs': jobs,
  'Kubernetes quotas': quotas,
  'Kubernetes discovery': discovery,
  'Kubernetes errors': errors,
  'Kubernetes representations': representations,
  'Kubernetes pod logs': podLogs,
  'Kubernetes lists': lists,
  'Kubernetes watches': watches,
  'Argo CD applications': applications,
  'Argo CD ApplicationSets': applicationSets,
  'Forge pull requests': pullRequests,
  'Forge merges': merges,
  'Forge reviews': reviews,
  'Forge statuses': statuses,
  'Forge access': access,
  'Forge webhooks': webhooks,
  'Forge Go clients': goClients,
};
