// The error centre: finds codes in the list that came with the page, and tells where each occurs.
'use strict';

(() => {
  const MOST = 60;
  const FEW = 6;
  const box = document.getElementById('code');
  const out = document.getElementById('codes');
  const count = document.getElementById('count');
  const codes = (window.alicloudCodes ?? []).map(([code, places]) => ({ code, places, lower: code.toLowerCase() }));

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  const links = (folder, operations) => {
    const list = element('ul', 'inline');
    for (const file of operations) {
      const link = element('a', '', decodeURIComponent(file));
      link.href = `${folder}/${file}.html`;
      list.append(element('li', '', link));
    }
    return list;
  };

  const where = (folder, operations, anywhere) => {
    if (anywhere) return element('p', 'meta', 'Any operation may answer with it.');
    if (operations.length <= FEW) return links(folder, operations);
    const details = element('details', '', element('summary', '', `${operations.length} operations`));
    details.addEventListener('toggle', () => details.append(links(folder, operations)), { once: true });
    return details;
  };

  const card = ({ code, places }) => {
    const made = element('article', 'card', element('h2', '', element('code', '', code)));
    for (const [folder, product, statuses, meaning, advice, anywhere, operations] of places) {
      made.append(
        element('h3', '', `${product} `, element('span', 'meta', `${folder} · HTTP ${statuses.join(', ')}`)),
        element('p', '', meaning ?? 'Nobody says what it means.'),
        element('p', 'meta', advice ?? 'Nobody says whether calling again can help.'),
        where(folder, operations, anywhere),
      );
    }
    return made;
  };

  const show = () => {
    const started = performance.now();
    const wanted = box.value.trim().toLowerCase();
    const found = codes.filter(({ lower }) => lower.includes(wanted));
    // The code itself before those that contain it.
    found.sort((a, b) => (b.lower === wanted) - (a.lower === wanted)
      || b.lower.startsWith(wanted) - a.lower.startsWith(wanted));
    out.replaceChildren(...found.slice(0, MOST).map(card));
    const more = found.length > MOST ? `; the first ${MOST} are shown` : '';
    count.textContent = `${found.length} of ${codes.length} codes${more}`;
    out.dataset.milliseconds = String(performance.now() - started);
  };

  const fromAddress = () => {
    box.value = decodeURIComponent(location.hash.slice(1));
    show();
  };
  box.addEventListener('input', show);
  addEventListener('hashchange', fromAddress);
  fromAddress();
})();
