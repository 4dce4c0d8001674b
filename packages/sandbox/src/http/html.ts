/** Escaped HTML. */
export class Html {
  constructor(readonly text: string) {}
}

type HtmlContent = Html | string | number | false | undefined | HtmlContent[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Renders an HTML template. Escapes all values but {@link Html}; omits false and undefined. */
export function html(
  strings: TemplateStringsArray,
  ...values: HtmlContent[]
): Html {
  return new Html(
    strings.map((text, index) => text + renderContent(values[index])).join(''),
  );
}

function renderContent(content: HtmlContent): string {
  if (Array.isArray(content)) {
    return content.map(renderContent).join('');
  }
  if (content instanceof Html) {
    return content.text;
  }
  return content === undefined || content === false
    ? ''
    : String(content).replace(/[&<>"']/g, character => ENTITIES[character]);
}
