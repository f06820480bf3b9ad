// Search over the names of operations and parameters and over summaries, in the index that came with the page.
'use strict';

(() => {
  const MOST = 20;
  const box = document.getElementById('search');
  const list = document.getElementById('results');
  const root = document.body.dataset.root;
  let entries = null;
  let active = -1;

  // One entry an operation, with everything that is compared in lower case.
  const load = () => {
    if (entries || !window.alicloudIndex) return;
    entries = [];
    for (const [folder, product, operations] of window.alicloudIndex) {
      for (const [file, name, summary, parameters] of operations) {
        entries.push({
          href: `${root}${folder}/${file}.html`,
          name, summary, folder, product, parameters,
          lower: name.toLowerCase(),
          words: summary.toLowerCase(),
          lowerParameters: parameters.map((parameter) => parameter.toLowerCase()),
        });
      }
    }
  };

  // How well an entry fits, smaller is better, and the parameter that made it fit; null when it does not.
  const fit = (entry, wanted) => {
    if (entry.lower === wanted) return { rank: 0 };
    if (entry.lower.startsWith(wanted)) return { rank: 1 };
    if (entry.lower.includes(wanted)) return { rank: 2 };
    let contained = null;
    for (let at = 0; at < entry.lowerParameters.length; at += 1) {
      const parameter = entry.lowerParameters[at];
      if (parameter === wanted) return { rank: 3, parameter: entry.parameters[at] };
      if (contained === null && parameter.includes(wanted)) contained = entry.parameters[at];
    }
    if (contained !== null) return { rank: 4, parameter: contained };
    const all = wanted.split(/\s+/);
    return all.every((word) => entry.words.includes(word) || entry.lower.includes(word)) ? { rank: 5 } : null;
  };

  const find = (text) => {
    const wanted = text.trim().toLowerCase();
    if (!wanted || !entries) return { shown: [], total: 0 };
    const found = [];
    for (const entry of entries) {
      const how = fit(entry, wanted);
      if (how) found.push({ entry, ...how });
    }
    found.sort((a, b) => a.rank - b.rank || a.entry.name.length - b.entry.name.length
      || a.entry.name.localeCompare(b.entry.name));
    return { shown: found.slice(0, MOST), total: found.length };
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const option = ({ entry, parameter }, at) => {
    const item = element('li');
    item.id = `result-${at}`;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    const link = element('a');
    link.href = entry.href;
    link.tabIndex = -1;
    link.append(element('strong', '', entry.name));
    if (parameter) link.append(element('code', 'hit', parameter));
    link.append(element('span', 'where', `${entry.folder}`), element('span', 'summary', entry.summary));
    item.append(link);
    return item;
  };

  const show = () => {
    load();
    const started = performance.now();
    const { shown, total } = find(box.value);
    const items = shown.map(option);
    if (box.value.trim() && entries && !total) items.push(element('li', 'none', 'Nothing of that name.'));
    if (total > shown.length) items.push(element('li', 'none', `${total - shown.length} more: type on.`));
    list.replaceChildren(...items);
    list.dataset.milliseconds = String(performance.now() - started);
    active = -1;
    open(items.length > 0);
  };

  const open = (visible) => {
    list.hidden = !visible;
    box.setAttribute('aria-expanded', String(visible));
    if (!visible) box.removeAttribute('aria-activedescendant');
  };

  const move = (by) => {
    const options = [...list.querySelectorAll('[role=option]')];
    if (!options.length) return;
    options[active]?.setAttribute('aria-selected', 'false');
    active = (active + by + options.length) % options.length;
    options[active].setAttribute('aria-selected', 'true');
    options[active].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', options[active].id);
  };

  // The index comes after the page is painted. A script, since a page read from a disk cannot fetch.
  addEventListener('load', () => requestIdleCallback(() => {
    const script = document.createElement('script');
    script.src = `${root}assets/index.js`;
    script.addEventListener('load', () => {
      load();
      if (box.value) show();
    });
    document.head.append(script);
  }));
  box.addEventListener('input', show);
  box.addEventListener('focus', () => { if (box.value) show(); });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') open(false);
    else if (event.key === 'Enter') {
      const links = list.querySelectorAll('[role=option] a');
      (links[active] ?? links[0])?.click();
    } else return;
    event.preventDefault();
  });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('.search')) open(false);
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      box.focus();
    }
  });
})();
