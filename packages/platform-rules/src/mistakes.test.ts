import {
  type Mistake,
  readMistakes,
  readRecorded,
} from './__testUtils__/mistakes';
import { objectViolations } from './objectViolations';
import { changeViolations } from './rules/changes';
import { serverMessage } from './serverMessage';

/** Refusals that no file shows, with the reason. */
const UNKNOWABLE: Record<string, string> = {
  'changes/pvc-larger':
    'a claim can grow once it is bound, which only the cluster knows',
  'network/cluster-ip-out-of-range':
    'the range of addresses is a flag of the API server',
};

/** Refusals with words that are not those of the API server, with the reason. */
const OTHER_WORDS: Record<string, string> = {
  'changes/job-failure-policy':
    'one more error is about a default that the API server set before',
  'changes/pvc-smaller':
    'the words are those for a claim that is bound, as claims in use are',
  'metadata/api-version-removed':
    'kubectl and Argo CD look for the version before they send anything',
  'metadata/api-version-unknown':
    'kubectl and Argo CD look for the version before they send anything',
  'metadata/kind-misspelt':
    'kubectl and Argo CD look for the kind before they send anything',
  'scaling/version-beta':
    'kubectl and Argo CD look for the version before they send anything',
  'volumes/pvc-access-text':
    'the types that are names for texts are not in any package',
};

/** Objects that the API server accepts, and that the check refuses nevertheless, with the reason. */
const STRICTER: Record<string, string> = {
  'containers/image-capitals': 'no node can pull the image',
  'containers/image-leading-blank': 'no node can pull the image',
  'containers/image-trailing-blank': 'no node can pull the image',
  'containers/image-two-slashes': 'no node can pull the image',
  'containers/image-two-tags': 'no node can pull the image',
  'jobs/schedule-never': 'it never runs',
  'jobs/schedule-only-comma': 'it never runs',
  'scaling/version-one': 'one version of a kind is enough for one platform',
};

interface Judgement {
  name: string;
  /** Words of the real API server. */
  recorded: string | null;
  /** The rules' words. */
  message: string | null;
  isRefused: boolean;
}

describe('the rules, beside the recorded verdicts of a real API server', () => {
  const { verdicts } = readRecorded();
  const mistakes = readMistakes();
  const judgements = mistakes.map(judge);

  it('has a verdict on each case', () => {
    expect(mistakes.map(({ name }) => name).sort()).toEqual(
      Object.keys(verdicts).sort(),
    );
    const refused = Object.values(verdicts).filter(words => words !== null);
    expect(refused.length).toBeGreaterThanOrEqual(600);
    expect(mistakes.length - refused.length).toBeGreaterThanOrEqual(300);
  });

  it('refuses what it refuses', () => {
    const missed = judgements.filter(
      ({ recorded, isRefused }) => recorded !== null && !isRefused,
    );
    expect(namesOf(missed)).toEqual(Object.keys(UNKNOWABLE));
  });

  it('accepts what it accepts', () => {
    const falseRefusals = judgements.filter(
      ({ recorded, isRefused }) => recorded === null && isRefused,
    );
    expect(namesOf(falseRefusals)).toEqual(Object.keys(STRICTER));
  });

  it('says what it says', () => {
    const different = judgements.filter(
      ({ name, recorded, message }) =>
        recorded !== message &&
        !Object.hasOwn(OTHER_WORDS, name) &&
        !Object.hasOwn(UNKNOWABLE, name),
    );
    expect(different).toEqual([]);
  });

  it('gives advice in its own words', () => {
    for (const mistake of mistakes) {
      for (const { code, advice } of violationsOf(mistake) ?? []) {
        expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(advice).toMatch(/[.!]$/);
      }
    }
  });

  function judge(mistake: Mistake): Judgement {
    const violations = violationsOf(mistake);
    return {
      name: mistake.name,
      recorded: verdicts[mistake.name],
      message: serverMessage(mistake.object, violations ?? []) ?? null,
      // A kind without a schema is refused, too.
      isRefused: violations === undefined || violations.length > 0,
    };
  }
});

function violationsOf({ existing, object }: Mistake) {
  const violations = objectViolations(object);
  return existing && violations
    ? [...violations, ...changeViolations(existing, object)]
    : violations;
}

function namesOf(judgements: Judgement[]): string[] {
  return judgements.map(({ name }) => name).sort();
}
