import Router from 'express-promise-router';
import { findAccount, type Account } from '../accounts';
import { ForgeError, notFound } from '../ForgeError';
import type { Forge } from '../Forge';
import { paginate } from './paginate';
import { toRepository, toUser } from './repositoryDto';
import { requestAccount } from './requestAccount';

/** Creates the routes for accounts and their repositories. The platform repository is the only one. */
export function createUserRoutes(forge: Forge) {
  const router = Router();

  const signedIn = (account: Account | undefined): Account => {
    if (!account) {
      throw new ForgeError(401, 'token is required');
    }
    return account;
  };

  router.get('/user', (_request, response) => {
    response.json(toUser(forge, signedIn(requestAccount(response))));
  });

  router.get('/users/:login', (request, response) => {
    const found = findAccount(request.params.login);
    if (!found) {
      throw notFound();
    }
    response.json(toUser(forge, found));
  });

  // Collaborators see the repository in their own list, too.
  router.get('/user/repos', (request, response) => {
    const account = signedIn(requestAccount(response));
    const repositories = [toRepository(forge, account)];
    response.json(paginate(request, response, repositories));
  });

  router.get(
    ['/users/:owner/repos', '/orgs/:owner/repos'],
    (request, response) => {
      const account: Account | undefined = requestAccount(response);
      const isVisible = account && request.params.owner === forge.owner;
      const repositories = isVisible ? [toRepository(forge, account)] : [];
      response.json(paginate(request, response, repositories));
    },
  );

  router.get('/repos/search', (request, response) => {
    const account: Account | undefined = requestAccount(response);
    const query = String(request.query.q ?? '').toLowerCase();
    const repositories =
      account && forge.name.toLowerCase().includes(query)
        ? [toRepository(forge, account)]
        : [];
    const data = paginate(request, response, repositories);
    response.json({ ok: true, data });
  });

  return router;
}
