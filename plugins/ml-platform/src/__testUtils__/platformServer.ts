import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';

const API = '*/api/ml-platform';

/** Responses that cards of a workload read besides their subject: no environment that one can change. */
const defaultHandlers = [
  http.get(`${API}/platform`, () =>
    HttpResponse.json({
      sandbox: true,
      environments: [],
      requestableTeams: [],
    }),
  ),
  http.get(`${API}/teams/:team/workloads/:workload/answers`, () =>
    HttpResponse.json({
      environments: [],
      items: [],
      runs: [],
      promotions: [],
      mayRequest: false,
      commit: '',
    }),
  ),
  http.get(`${API}/change-requests`, () =>
    HttpResponse.json({
      items: [],
      total: 0,
      freshness: { stale: false, problems: [] },
    }),
  ),
];

/** Starts an msw server in place of the backend. Requests without a handler fail. */
export function startPlatformServer() {
  const server = setupServer(...defaultHandlers);
  registerMswTestHooks(server);
  return {
    respond: (url: string, body: JsonBodyType) =>
      server.use(http.get(url, () => HttpResponse.json(body))),
    respondWithError: (url: string, status: number, message: string) =>
      server.use(
        http.get(url, () =>
          HttpResponse.json(
            {
              error: { name: 'Error', message },
              response: { statusCode: status },
            },
            { status },
          ),
        ),
      ),
    use: server.use.bind(server),
  };
}
