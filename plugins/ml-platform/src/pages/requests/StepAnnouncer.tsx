import { VisuallyHidden } from '@backstage/ui';
import type { ChangeRequestSummary } from '@internal/plugin-ml-platform-common';
import { useEffect, useRef, useState } from 'react';
import { waitingFor } from './requestProgress';

/** Tells screen readers of requests that went on, each step once. */
export function StepAnnouncer(props: { requests: ChangeRequestSummary[] }) {
  const { requests } = props;
  const known = useRef(new Map<number, string>());
  const [message, setMessage] = useState('');
  useEffect(() => {
    const news: string[] = [];
    for (const request of requests) {
      const { number, step, failed } = request;
      const progress = `${step} ${failed}`;
      const before = known.current.get(number);
      known.current.set(number, progress);
      if (before !== undefined && before !== progress) {
        news.push(`#${number}: ${waitingFor(request).text}`);
      }
    }
    if (news.length > 0) {
      setMessage(news.join(' '));
    }
  }, [requests]);
  return (
    <VisuallyHidden>
      <div role="status">{message}</div>
    </VisuallyHidden>
  );
}
