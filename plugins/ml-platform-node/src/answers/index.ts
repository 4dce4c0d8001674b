export {
  type Answers,
  ANSWERS_FILE,
  INITIAL_COMMIT,
  formatAnswers,
  parseAnswers,
  readAnswers,
} from './Answers';
