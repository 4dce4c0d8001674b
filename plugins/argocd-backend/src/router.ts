import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { isError, NotFoundError } from '@backstage/errors';
import { teamReadPermission } from '@internal/plugin-ml-platform-common';
import type {
  Application,
  PlatformRepository,
  TeamAuthorizer,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { ApplicationReader } from './ApplicationReader';
import { deployedRevisions, INSTANCE_NAME, toView } from './applicationView';
import { parseName, parseRevision, parseSelector } from './parameters';

interface RouterOptions {
  httpAuth: HttpAuthService;
  authorizer: TeamAuthorizer;
  applications: ApplicationReader;
  repository: PlatformRepository;
  /** URL of Argo CD's user interface; empty when not configured. */
  frontendUrl: string;
}

/** The five routes that Roadie's Argo CD cards (2.12) call. */
export function createRouter(options: RouterOptions): Router {
  const { httpAuth, authorizer, applications, repository, frontendUrl } =
    options;
  const router = PromiseRouter();

  router.get('/find/name/:name', async (request, response) => {
    const name = parseName(request.params.name);
    response.json(
      instances(await applications.list(await scope(request), { name })),
    );
  });

  router.get('/find/selector/:selector', async (request, response) => {
    const labels = parseSelector(request.params.selector);
    response.json(
      instances(await applications.list(await scope(request), { labels })),
    );
  });

  router.get(
    '/argoInstance/:instance/applications/name/:name',
    async (request, response) => {
      response.json(toView(await requireApplication(request)));
    },
  );

  router.get(
    '/argoInstance/:instance/applications/selector/:selector',
    async (request, response) => {
      requireInstance(request.params.instance);
      const labels = parseSelector(request.params.selector);
      const found = await applications.list(await scope(request), { labels });
      response.json({ items: found.map(toView) });
    },
  );

  router.get(
    '/argoInstance/:instance/applications/name/:name/revisions/:revision/metadata',
    async (request, response) => {
      const revision = parseRevision(request.params.revision);
      const application = await requireApplication(request);
      // All teams share the repository. Readers of an Application may see only commits that it deployed.
      if (!deployedRevisions(application).has(revision)) {
        throw notFound();
      }
      response.json(await describeRevision(repository, revision));
    },
  );

  async function scope(request: Request): Promise<TeamScope> {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    return authorizer.scope(teamReadPermission, { credentials });
  }

  async function requireApplication(
    request: Request<{ instance: string; name: string }>,
  ): Promise<Application> {
    requireInstance(request.params.instance);
    const name = parseName(request.params.name);
    const [application] = await applications.list(
      await scope(request as Request),
      { name },
    );
    if (!application) {
      throw notFound();
    }
    return application;
  }

  function instances(found: Application[]) {
    return found.length === 0
      ? []
      : [
          {
            name: INSTANCE_NAME,
            url: frontendUrl,
            appName: found.map(({ metadata }) => metadata.name),
          },
        ];
  }

  return router;
}

/**
 * Author, date and message of a commit; empty for a commit of another repository, because one failure empties the whole
 * history card.
 */
async function describeRevision(
  repository: PlatformRepository,
  revision: string,
) {
  try {
    return await repository.revision(revision);
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      return {};
    }
    throw error;
  }
}

function requireInstance(instance: string) {
  if (instance !== INSTANCE_NAME) {
    throw notFound();
  }
}

/** The same error for missing and forbidden Applications, so that callers cannot probe for names. */
function notFound(): NotFoundError {
  return new NotFoundError(
    'This Application or revision does not exist, or you may not see it.',
  );
}
