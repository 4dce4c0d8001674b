export {
  nextStart,
  scheduleProblem,
  timeZoneProblem,
  wallClock,
} from './cronSchedule';
