/** Markup that is safe to send. */
export class Html {
  constructor(readonly text: string) {}
}

type Content = Html | string | number | false | undefined | Content[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup from a template in which every value is escaped, unless it is markup itself. False and undefined print nothing. */
export function html(
  strings: TemplateStringsArray,
  ...values: Content[]
): Html {
  return new Html(
    strings.map((text, index) => text + print(values[index])).join(''),
  );
}

function print(content: Content): string {
  if (Array.isArray(content)) {
    return content.map(print).join('');
  }
  if (content instanceof Html) {
    return content.text;
  }
  return content === undefined || content === false
    ? ''
    : String(content).replace(/[&<>"']/g, character => ENTITIES[character]);
}
