export {
  nextStart,
  scheduleProblem,
  timeZoneProblem,
  wallClock,
} from './cronSchedule';
export { scheduleAdvice } from './scheduleAdvice';
