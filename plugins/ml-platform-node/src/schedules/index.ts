export { nextStart, wallClock } from '@internal/platform-rules';
