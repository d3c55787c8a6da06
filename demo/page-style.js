// The look of the demo pages. A script adopts it, instead of a <style> or a <link>, so that the pages also work
// under `style-src 'none'`. Your own page may of course use an ordinary style sheet.
(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :root {
      color-scheme: light dark;
      --page-text: light-dark(#1d1d22, #ececf1);
      --page-quiet: light-dark(#5a5a66, #a9a9b6);
      --page-line: light-dark(#e3e3e9, #34343d);
      --page-ground: light-dark(#f6f6f9, #131316);
      --page-paper: light-dark(#ffffff, #1c1c21);
      --page-link: light-dark(#4a37c9, #b3a7ff);
    }
    * { box-sizing: border-box; }
    html { background: var(--page-ground); }
    body {
      margin: 0;
      color: var(--page-text);
      font: 1rem/1.5 system-ui, sans-serif;
      -webkit-text-size-adjust: 100%;
    }
    a { color: var(--page-link); }
    .page-bar {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0.25rem 1.25rem;
      padding: 1rem max(1rem, calc((100% - 60rem) / 2 + 1rem));
      border-block-end: 1px solid var(--page-line);
      background: var(--page-paper);
    }
    .page-bar strong { margin-inline-end: auto; font-weight: 650; letter-spacing: -0.01em; }
    .page-bar a { color: inherit; text-decoration: none; font-size: 0.9375rem; }
    .page-bar a:hover { text-decoration: underline; }
    .page-bar a[aria-current] { font-weight: 600; }
    @media (max-width: 40rem) { .page-bar strong, .page-row > span { flex-basis: 100%; } }
    main { max-width: 60rem; margin-inline: auto; padding: clamp(1.5rem, 5vw, 3rem) 1rem; }
    main.page-narrow { display: grid; justify-items: center; }
    h1 { margin: 0 0 0.5rem; font-size: clamp(1.5rem, 4vw, 2rem); line-height: 1.2; letter-spacing: -0.02em; }
    h2 { margin: 0 0 0.375rem; line-height: 1.3; font-size: 1.125rem; letter-spacing: -0.01em; }
    p { margin: 0 0 1rem; max-width: 42rem; }
    .page-quiet { color: var(--page-quiet); }
    .page-columns { display: grid; gap: 1.5rem; align-items: start; }
    .page-columns > * { min-width: 0; }
    @media (min-width: 48rem) { .page-columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
    .page-panel {
      padding: 1.25rem;
      border: 1px solid var(--page-line);
      border-radius: 0.75rem;
      background: var(--page-paper);
    }
    .page-intro { margin-block-end: 1.5rem; }
    .page-stack { display: grid; gap: 1.25rem; min-width: 0; }
    .page-fields { display: grid; gap: 1rem; margin-block-start: 1rem; }
    .page-head { display: flex; flex-wrap: wrap; align-items: start; justify-content: space-between; gap: 0.5rem 1rem; margin-block-end: 1.5rem; }
    .page-head p { margin: 0; }
    .page-row { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-block: 0.75rem; }
    .page-row > input { flex: 1 1 10rem; min-width: 0; }
    .page-panel > p:last-child, .page-panel > :last-child > p:last-child { margin-block-end: 0; }
    .page-input {
      padding: 0.4375rem 0.75rem;
      border: 1px solid light-dark(#85859a, #7c7c8c);
      border-radius: 0.5rem;
      background: var(--page-paper);
      color: inherit;
      font: inherit;
    }
    .page-answer { min-block-size: 1.5em; font-weight: 600; }
    .page-row > span { align-self: center; }
    .page-end { margin-block: 1.5rem 0; }
    .page-list { margin: 0; padding: 0; list-style: none; }
    .page-list li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-block: 0.375rem; border-block-start: 1px solid var(--page-line); }
    .page-label { display: block; font-weight: 500; }
    table.page-table { inline-size: 100%; margin-block-start: 0.5rem; border-collapse: collapse; font-size: 0.9375rem; }
    .page-table :is(th, td) { padding: 0.375rem 0.75rem 0.375rem 0; border-block-start: 1px solid var(--page-line); text-align: start; vertical-align: top; }
    .page-table thead :is(th, td) { border: 0; }
    .page-table th { font-weight: 500; }
    .page-table thead th { color: var(--page-quiet); }
    .page-note { margin-block: 1rem; padding: 0.75rem 1rem; border-inline-start: 3px solid var(--page-link); background: var(--page-ground); border-radius: 0.25rem; }
    dl.page-facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.25rem 1rem; margin: 0; }
    dl.page-facts dt { color: var(--page-quiet); }
    dl.page-facts dd { margin: 0; overflow-wrap: anywhere; }
    pre {
      overflow: auto;
      max-height: 20rem;
      margin: 0.75rem 0 0;
      padding: 0.75rem;
      border-radius: 0.5rem;
      background: var(--page-ground);
      font: 0.8125rem/1.5 ui-monospace, monospace;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    pre, code { direction: ltr; unicode-bidi: isolate; }
    code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
    .page-button {
      padding: 0.4375rem 0.875rem;
      border: 1px solid light-dark(#b9b9c4, #5a5a66);
      border-radius: 0.5rem;
      background: transparent;
      color: inherit;
      font: inherit;
      font-size: 0.9375rem;
      cursor: pointer;
    }
    .page-button:hover { background: var(--page-ground); }
    .page-button:focus-visible, .page-input:focus-visible, a:focus-visible { outline: 2px solid var(--page-link); outline-offset: 2px; }
    [hidden] { display: none !important; }
  `);
  document.adoptedStyleSheets.push(sheet);
})();
