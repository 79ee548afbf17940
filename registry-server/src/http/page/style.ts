/** The page's only style. Colors follow the reader's system. */
export const STYLE = `
:root { color-scheme: light; --text: #1c1e21; --soft: #5b6168; --page: #fff; --box: #f4f5f7; --line: #d9dde1; --mark: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --text: #e4e6e8; --soft: #9aa3ab; --page: #16181b; --box: #1f2327; --line: #363c42; --mark: #8ab4f8; }
}
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--mark); }
code, pre { font: 0.875rem/1.45 ui-monospace, monospace; }
pre { margin: 0.5rem 0; padding: 0.75rem; overflow-x: auto; background: var(--box); border: 1px solid var(--line); border-radius: 6px; }
pre.copy { user-select: all; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
article { margin: 1.5rem 0; padding: 0 1rem 1rem; border: 1px solid var(--line); border-radius: 8px; }
h3 { overflow-wrap: anywhere; }
.method { padding: 0.1rem 0.5rem; border-radius: 4px; background: var(--box); color: var(--mark); }
.soft { color: var(--soft); }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
summary { cursor: pointer; margin-top: 0.5rem; }
`;
