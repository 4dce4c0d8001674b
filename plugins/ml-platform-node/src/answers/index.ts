export {
  type Answers,
  ANSWERS_FILE,
  INITIAL_COMMIT,
  formatAnswers,
  formatRunAnswers,
  parseAnswers,
  readAnswers,
  readRunAnswers,
} from './Answers';
