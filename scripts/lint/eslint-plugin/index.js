/** Lint rules of this repository. */
module.exports = {
  rules: {
    'comment-opening': require('./commentOpening'),
  },
};
