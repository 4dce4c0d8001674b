import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';

/** A stand-in for the backend. Requests that a test does not name fail. */
export function startPlatformServer() {
  const server = setupServer();
  registerMswTestHooks(server);
  return {
    answer: (url: string, body: JsonBodyType) =>
      server.use(http.get(url, () => HttpResponse.json(body))),
    refuse: (url: string, status: number, message: string) =>
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
