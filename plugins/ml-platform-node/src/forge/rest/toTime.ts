/** Converts to UTC, so that times can be compared as text: forges use the time zone of their server or of a person. */
export function toTime(time: string): string {
  return new Date(time).toISOString();
}
