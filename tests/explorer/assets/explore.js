// The workbench: a form, and beside it what the server makes of it while it is filled.

import { Form, element } from './form.js';
import { showAnswer, showRequest } from './show.js';
import { tabs } from './tabs.js';

const PAUSE = 150;
const byId = (id) => document.getElementById(id);
const bench = byId('workbench');
const api = (what) => {
  const address = bench.dataset.operation.split('/').map(encodeURIComponent).join('/');
  return `/api/${what}/${address}`;
};

async function ask(what, body, signal) {
  const answer = await fetch(api(what), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

const load = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

// The page is painted first.
await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });

const [shape, target] = await Promise.all([load(api('form')), load('/api/target')]);
let latest = null;
let waiting = null;
let asking = null;

function settings() {
  const given = {};
  for (const control of byId('settings').querySelectorAll('input, select')) given[control.name] = control.value;
  given.signature = bench.querySelector('input[name=signature]:checked').value;
  given.checks = byId('checks').checked;
  given.confirmed = byId('confirmed').checked;
  return given;
}

const form = new Form(byId('form'), shape, () => {
  byId('input').value = JSON.stringify(form.get(), null, 2);
  byId('input-problem').textContent = '';
  later();
});

function later() {
  clearTimeout(waiting);
  bench.dataset.state = 'waiting';
  waiting = setTimeout(update, PAUSE);
}

async function update() {
  waiting = null;
  asking?.abort();
  asking = new AbortController();
  try {
    latest = await ask('request', { input: form.get(), settings: settings() }, asking.signal);
  } catch (error) {
    if (error.name === 'AbortError') return;
    byId('violations').replaceChildren(element('p', { class: 'notice' }, `No answer from the explorer: ${error.message}`));
    return;
  }
  explain();
  show();
  // Somebody may have gone on typing meanwhile.
  if (!waiting) bench.dataset.state = 'ready';
}

function explain() {
  const rest = form.explain(latest.violations);
  const lines = rest.map(({ message }) => element('li', { class: 'problem' }, message));
  lines.push(...latest.ignored.map((name) => element('li', { class: 'meta' }, `${name} is ignored with these values`)));
  byId('violations').replaceChildren(...(lines.length ? [element('ul', {}, ...lines)] : []));
}

function show() {
  if (!latest) return;
  showRequest(byId('request'), latest[settings().signature]);
  for (const [language, text] of Object.entries(latest.samples)) byId(`sample-${language}`).textContent = text;
}

// Input as JSON: whatever parses goes into the form.
byId('input').addEventListener('input', () => {
  let input;
  try { input = JSON.parse(byId('input').value || '{}'); } catch (error) {
    byId('input-problem').textContent = error.message;
    return;
  }
  const fits = typeof input === 'object' && input !== null && !Array.isArray(input);
  byId('input-problem').textContent = fits ? '' : 'an object with the parameters is wanted';
  if (!fits) return;
  form.set(input);
  later();
});

byId('settings').addEventListener('input', later);
for (const choice of bench.querySelectorAll('input[name=signature]')) choice.addEventListener('change', show);
for (const list of bench.querySelectorAll('[role=tablist]')) tabs(list);

for (const copy of bench.querySelectorAll('[data-copy]')) {
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(byId(copy.dataset.copy).textContent);
      copy.textContent = 'Copied';
    } catch {
      copy.textContent = 'Select it by hand';
    }
    setTimeout(() => { copy.textContent = 'Copy'; }, 1500);
  });
}

byId('target').textContent = target.real
  ? `Calls go to ${target.endpoint}, signed with the credentials of the explorer's process.`
  : `Calls go to the gateway in the explorer's own process, ${target.endpoint}.`;
byId('confirm').hidden = !target.real || shape.effect === 'read';

byId('send').addEventListener('click', async () => {
  byId('send').disabled = true;
  byId('progress').textContent = 'Running ...';
  try {
    showAnswer(byId('answer'), await ask('run', { input: form.get(), settings: settings() }));
    byId('progress').textContent = '';
  } catch (error) {
    byId('progress').textContent = `No answer from the explorer: ${error.message}`;
  } finally {
    byId('send').disabled = false;
  }
});

form.set(shape.example ?? {});
byId('input').value = JSON.stringify(form.get(), null, 2);
await update();
