import { html, type Html } from '../../http/html';

/** Renders the subset of Markdown that descriptions use. Everything else is text, also HTML; comments are omitted. */
export function renderMarkdown(source: string): Html {
  const text = source.replace(/\r/g, '').replace(/<!--[\s\S]*?(-->|$)/g, '');
  // Odd elements are fenced code blocks.
  return html`${text
    .split(/^```.*$/m)
    .map((part, index) =>
      index % 2 === 1 ? html`<pre>${part.trim()}</pre>` : renderBlocks(part),
    )}`;
}

function renderBlocks(text: string): Html {
  const blocks = text
    .split(/\n\s*\n|\n(?=#{1,6} )/)
    .filter(block => block.trim());
  return html`${blocks.map(block => renderBlock(block.trim()))}`;
}

function renderBlock(block: string): Html {
  const lines = block.split('\n');
  const heading = /^#{1,6} (.*)$/.exec(lines[0]);
  if (heading) {
    const rest = lines.slice(1).join('\n');
    return html`<h3>${renderInline(heading[1])}</h3>
      ${rest && renderBlock(rest)}`;
  }
  if (lines.every(line => /^\s*[-*] /.test(line))) {
    return html`<ul>
      ${lines.map(
        line => html`<li>${renderInline(line.replace(/^\s*[-*] /, ''))}</li>`,
      )}
    </ul>`;
  }
  if (lines.every(line => line.startsWith('|'))) {
    return html`<pre>${block}</pre>`;
  }
  return html`<p>
    ${lines.map(
      (line, index) => html`${index > 0 && html`<br />`}${renderInline(line)}`,
    )}
  </p>`;
}

const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\(https?:\/\/[^\s()]+\))/;

function renderInline(line: string): Html {
  return html`${line.split(INLINE).map((part, index) => {
    if (index % 2 === 0) {
      return part;
    }
    if (part.startsWith('`')) {
      return html`<code>${part.slice(1, -1)}</code>`;
    }
    if (part.startsWith('**')) {
      return html`<strong>${part.slice(2, -2)}</strong>`;
    }
    const [, title, href] = /^\[(.+)\]\((.+)\)$/.exec(part)!;
    return html`<a href="${href}" rel="noreferrer">${title}</a>`;
  })}`;
}
