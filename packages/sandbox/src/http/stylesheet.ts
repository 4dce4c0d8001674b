/** Stylesheet of all pages, in light or dark as the system prefers. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --muted: #59636e; --page: #ffffff; --raised: #f6f8fa; --line: #d1d9e0; --link: #0860ca;
  --good: #1a7f37; --bad: #cf222e; --wait: #9a6700; --merged: #7c3aed; --added: #dafbe1; --removed: #ffebe9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --muted: #9198a1; --page: #0d1117; --raised: #161b22; --line: #30363d; --link: #6cb0ff;
    --good: #3fb950; --bad: #ff7b72; --wait: #d29922; --merged: #b08cff; --added: #12361f; --removed: #471b1c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--text); background: var(--page); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--page); padding: 4px 8px; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; padding: 12px 24px; background: var(--raised); border-bottom: 1px solid var(--line); }
.product { text-transform: uppercase; letter-spacing: .06em; font-size: 12px; padding: 3px 10px; border: 1px solid var(--wait); border-radius: 99px; color: var(--wait); }
nav { display: flex; flex-wrap: wrap; gap: 16px; }
nav a { text-decoration: none; }
nav a[aria-current] { color: var(--text); font-weight: 600; box-shadow: 0 2px 0 var(--link); }
.visitor { margin-left: auto; color: var(--muted); }
main { max-width: 1180px; margin: 0 auto; padding: 24px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; }
h1 .number, .muted { color: var(--muted); font-weight: 400; }
h2 { font-size: 17px; margin: 32px 0 8px; }
code, pre, .code { font: 12.5px/1.6 ui-monospace, SFMono-Regular, Menlo, monospace; }
:not(pre) > code { background: var(--raised); padding: 1px 5px; border-radius: 4px; overflow-wrap: anywhere; }
pre { background: var(--raised); padding: 12px; border-radius: 6px; overflow-x: auto; margin: 8px 0; }
.state { display: inline-block; padding: 3px 12px; border-radius: 99px; color: var(--page); font-weight: 600; background: var(--good); }
.state.closed { background: var(--bad); }
.state.merged { background: var(--merged); }
.label { display: inline-block; padding: 0 8px; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; color: var(--muted); }
.box { border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; margin: 12px 0; overflow-wrap: anywhere; }
.box > :first-child { margin-top: 0; } .box > :last-child { margin-bottom: 0; }
.list { list-style: none; padding: 0; margin: 12px 0; border: 1px solid var(--line); border-radius: 8px; }
.list > li { padding: 10px 16px; } .list > li + li { border-top: 1px solid var(--line); }
.list a { font-weight: 600; overflow-wrap: anywhere; } .list small { display: block; color: var(--muted); font-size: 13px; }
.success { color: var(--good); } .failure, .error { color: var(--bad); } .pending, .warning { color: var(--wait); }
.added-count { color: var(--good); } .removed-count { color: var(--bad); }
form { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; margin: 12px 0; }
button, select { font: inherit; padding: 6px 16px; border-radius: 6px; border: 1px solid var(--line); background: var(--raised); color: var(--text); }
button { font-weight: 600; cursor: pointer; } button.primary { background: var(--good); border-color: var(--good); color: var(--page); } button:hover { filter: brightness(1.08); }
details.file { border: 1px solid var(--line); border-radius: 8px; margin: 12px 0; overflow: hidden; }
details.file > summary { padding: 8px 16px; background: var(--raised); cursor: pointer; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table.code { border-collapse: collapse; width: 100%; }
table.code td { padding: 0 12px; white-space: pre; vertical-align: top; }
table.code td.line { color: var(--muted); text-align: right; user-select: none; width: 1%; }
tr.added { background: var(--added); } tr.removed { background: var(--removed); } tr.hunk { background: var(--raised); color: var(--muted); }
`;
