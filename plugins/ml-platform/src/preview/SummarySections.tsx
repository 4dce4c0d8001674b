import { Text } from '@backstage/ui';
import {
  afterMergeTexts,
  APPROVAL_RULE,
  approvalText,
  rollBackTexts,
  SAMPLE_PRICES,
  type ChangeSummary,
  type ReviewedReport,
} from '@internal/plugin-ml-platform-common';
import type { ReactNode } from 'react';
import styles from './preview.module.css';

/** The change in words. */
export function Changes({ changes }: Pick<ChangeSummary, 'changes'>) {
  return (
    <Section title="What changes">
      <Sentences
        texts={changes}
        none="Nothing that is deployed changes: see the files."
      />
    </Section>
  );
}

/** Monthly cost of the change, with the arithmetic. */
export function Cost({ cost }: Pick<ChangeSummary, 'cost'>) {
  return (
    <Section title="Cost">
      {cost ? (
        <>
          <Sentences texts={cost.texts} none="The cost does not change." />
          <Note>
            By what pods request, at base prices, whether they use it or not.
            {cost.sample && ` ${SAMPLE_PRICES}`}
          </Note>
        </>
      ) : (
        <Note>
          Not known, because no prices are configured. The platform team sets
          them in mlPlatform.prices.
        </Note>
      )}
    </Section>
  );
}

/** People who must approve the change, and why. */
export function Approvals({ approvals }: Pick<ChangeSummary, 'approvals'>) {
  return (
    <Section title="Who approves">
      <Sentences
        texts={approvals.map(approvalText)}
        none="Nobody: there is nothing to change."
      />
      {approvals.length > 0 && <Note>{APPROVAL_RULE}</Note>}
    </Section>
  );
}

/** Consequences of the merge, and the way to take the change back. */
export function Afterwards({ report }: { report: ReviewedReport }) {
  return (
    <Section title="After the merge">
      <Sentences
        texts={[...afterMergeTexts(report), ...rollBackTexts(report)]}
        none=""
      />
    </Section>
  );
}

/** Part of the preview with a heading. */
export function Section(props: { title: string; children: ReactNode }) {
  return (
    <section aria-label={props.title}>
      <Text as="h3" variant="title-x-small">
        {props.title}
      </Text>
      {props.children}
    </section>
  );
}

export function Sentences(props: { texts: string[]; none: string }) {
  return props.texts.length === 0 ? (
    <Note>{props.none}</Note>
  ) : (
    <ul className={styles.list}>
      {props.texts.map(text => (
        <li key={text} className={styles.sentence}>
          {text}
        </li>
      ))}
    </ul>
  );
}

export function Note(props: { children: ReactNode }) {
  return (
    <Text as="p" variant="body-small" color="secondary">
      {props.children}
    </Text>
  );
}
