const REFUSED =
  /^(what|of|how|who|whether|whoever|whom|whose)(?=[\s,.:;'’]|$)/i;

const DECLARATION =
  /^(Export.*Declaration|FunctionDeclaration|ClassDeclaration|VariableDeclaration|MethodDefinition|PropertyDefinition|TS(Interface|TypeAlias|Enum|Module)Declaration|TSDeclareFunction|TS(Abstract)?(Property|Method)(Signature|Definition)|TSEnumMember)$/;

/**
 * Refuses comments on declarations that open with a question word, such as "What the page shows": the first line of such a
 * comment is a noun phrase (what the symbol is) or a verb phrase (what it does).
 */
module.exports = {
  meta: {
    type: 'suggestion',
    docs: {
      description:
        'Comments on declarations open with a noun phrase or a verb phrase',
    },
    messages: {
      refused:
        'Open this comment with what the symbol is or does, not with "{{word}}".',
    },
    schema: [],
  },
  create(context) {
    const source = context.getSourceCode();
    return {
      Program() {
        for (const comment of commentsOnDeclarations(source)) {
          const [word] = REFUSED.exec(firstWords(comment)) ?? [];
          if (word) {
            context.report({
              loc: comment.loc,
              messageId: 'refused',
              data: { word },
            });
          }
        }
      },
    };
  },
};

function firstWords({ type, value }) {
  return type === 'Block' ? value.replace(/^[\s*]+/, '') : value.trim();
}

/** Every `/**` comment, and the first line of each block of `//` comments directly above a declaration. */
function commentsOnDeclarations(source) {
  const comments = source.getAllComments();
  return comments.filter((comment, index) => {
    if (comment.type === 'Block') {
      return comment.value.startsWith('*');
    }
    if (comment.type !== 'Line' || continues(comments[index - 1], comment)) {
      return false;
    }
    let last = index;
    while (continues(comments[last], comments[last + 1])) {
      last += 1;
    }
    return (
      standsAlone(source, comment) && isOnDeclaration(source, comments[last])
    );
  });
}

function continues(previous, next) {
  return (
    previous?.type === 'Line' &&
    next?.type === 'Line' &&
    next.loc.start.line === previous.loc.end.line + 1
  );
}

function standsAlone(source, comment) {
  return (
    source.getTokenBefore(comment)?.loc.end.line !== comment.loc.start.line
  );
}

function isOnDeclaration(source, comment) {
  const token = source.getTokenAfter(comment);
  if (token?.loc.start.line !== comment.loc.end.line + 1) {
    return false;
  }
  const [start] = token.range;
  let node = source.getNodeByRangeIndex(start);
  while (node && node.range[0] === start) {
    if (DECLARATION.test(node.type)) {
      return isOutsideFunctions(node);
    }
    node = node.parent;
  }
  return false;
}

/** Inside function bodies, comments explain steps rather than declarations. */
function isOutsideFunctions(node) {
  let { parent } = node;
  while (parent) {
    if (/Function/.test(parent.type)) {
      return false;
    }
    ({ parent } = parent);
  }
  return true;
}
