/** The task secret by which the preview route names the person it runs for. Believed from the plugin `ml-platform` only. */
export const PREVIEW_REQUESTER_SECRET = 'mlPlatformRequester';
