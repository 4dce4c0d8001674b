import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';

/** Starts an msw server in place of the backend. Requests without a handler fail. */
export function startPlatformServer() {
  const server = setupServer();
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
