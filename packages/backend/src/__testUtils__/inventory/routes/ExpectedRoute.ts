/** A route, an example call of it, and the status that each caller gets. */
export interface ExpectedRoute {
  /** Status by caller, in the order of `CALLERS`: anonymous, expired, forged, limited, other team, owner. */
  statuses: string;
  /** Path of something that app-ml-team owns; the test fills in `{pod}` and the like. */
  path?: string;
  body?: object;
  /** A successful response does not end by itself. */
  isStream?: boolean;
  /** Required where a caller without a valid sign-in gets anything but 401. */
  reason?: string;
}

export type ExpectedRoutes = Record<string, ExpectedRoute>;
