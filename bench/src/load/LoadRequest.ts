/** One HTTP request; bodies are JSON. */
export interface LoadRequest {
  url: string;
  headers: Record<string, string>;
  /** Sent with POST, if present. */
  body?: string;
}
