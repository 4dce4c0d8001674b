import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxLogger } from '../logger';
import type { ObjectStore } from './ObjectStore';

export interface ApiHandlerOptions {
  store: ObjectStore;
  /** Clone URL of the platform repository, which refused writes name. */
  repositoryUrl: string;
  /** The current time in milliseconds. */
  now: () => number;
  logger: SandboxLogger;
}

/** One HTTP request to the API server, and the state to answer it from. */
export interface ApiRequest extends ApiHandlerOptions {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
}
