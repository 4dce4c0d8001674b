import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import prettier from 'prettier';
import { workspaceDirectories } from '../setup/dependencies.mjs';
import { root } from '../setup/directories.mjs';
import { rooms } from './rooms.mjs';

const START =
  '<!-- rooms: made by `yarn lint --fix` from scripts/laws/rooms.mjs -->';
const END = '<!-- /rooms -->';
const architecture = join(root, 'docs/architecture.md');

/** The table of rooms in Markdown. */
function roomsTable() {
  const rows = rooms.map(({ path, purpose, imports, testOnly, planned }) => {
    const notes = [testOnly && 'tests only', planned && 'planned'];
    const note = notes.filter(Boolean).join(', ');
    const names = imports.map(name => basename(name)).join(', ');
    return `| \`${path}\` | ${purpose} | ${names || '–'} | ${note} |`;
  });
  const heading = '| directory | contents | may import | |\n|---|---|---|---|';
  return prettier.format([heading, ...rows].join('\n'), { parser: 'markdown' });
}

/** A page with the table between its markers replaced. */
function withRoomsTable(page) {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) {
    throw new Error(`docs/architecture.md lacks "${START}" or "${END}"`);
  }
  return `${page.slice(0, start)}${START}\n\n${roomsTable()}\n${page.slice(
    end,
  )}`;
}

/**
 * Problems of the list of rooms: workspaces that are no room, rooms that do not exist, and a page that differs from the
 * list. With `fix`, the page is rewritten instead.
 */
export function checkRooms({ fix = false } = {}) {
  const page = readFileSync(architecture, 'utf8');
  const wanted = withRoomsTable(page);
  if (fix && wanted !== page) {
    writeFileSync(architecture, wanted);
  }
  return [
    ...workspaceDirectories()
      .filter(directory => existsSync(join(root, directory, 'package.json')))
      .filter(directory => !isInRoom(directory))
      .map(directory => `${directory} is not in scripts/laws/rooms.mjs.`),
    ...rooms
      .filter(({ path, planned }) => existsSync(join(root, path)) === !!planned)
      .map(({ path, planned }) =>
        planned
          ? `${path} exists: it is no longer planned (scripts/laws/rooms.mjs).`
          : `${path} does not exist (scripts/laws/rooms.mjs).`,
      ),
    ...(fix || wanted === page
      ? []
      : [
          'docs/architecture.md differs from scripts/laws/rooms.mjs: run `yarn lint --fix`.',
        ]),
  ];
}

function isInRoom(directory) {
  return rooms.some(({ path }) => `${directory}/`.startsWith(`${path}/`));
}
