import { MarkdownContent } from '@backstage/core-components';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Box } from '@backstage/ui';
import { useState } from 'react';
import { Folding } from '../preview/Folding';

const schema = makeFieldSchema({
  output: z => z.string().optional(),
  uiOptions: z =>
    z.object({
      text: z
        .string()
        .describe('Markdown; `{ $text: ./README.md }` for the file'),
    }),
});

/** README of a template, folded. It asks for nothing. */
function Guide(props: typeof schema.TProps) {
  const [isOpen, setIsOpen] = useState(false);
  const text: unknown = props.uiSchema?.['ui:options']?.text;
  // Not replaced by the catalog, for example in the template editor.
  return typeof text === 'string' ? (
    <Folding
      summary={props.schema.title ?? 'About this template'}
      isOpen={isOpen}
      onToggle={setIsOpen}
    >
      <Box px="3" pb="2">
        <MarkdownContent content={text} />
      </Box>
    </Folding>
  ) : null;
}

export const field = createFormField({
  name: 'MlPlatformGuide',
  component: Guide,
  schema,
});
