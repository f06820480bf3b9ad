// What the server says of a request and of an answer, as elements. Nothing is ever read as HTML.

import { element } from './form.js';

const block = (title, text, id) => {
  if (!text) return [];
  return [element('h4', {}, title), element('pre', { tabindex: 0 }, element('code', { id }, text))];
};

export function showRequest(place, texts) {
  if (texts.refused) {
    place.replaceChildren(element('p', { class: 'notice' }, texts.refused));
    return;
  }
  const headers = texts.headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  place.replaceChildren(
    ...block('Method and URL', `${texts.method} ${texts.url}`, 'url'),
    ...block('Headers', headers, 'headers'),
    ...block('Body', texts.body, 'body'),
    ...block('Canonical request', texts.canonical_request, 'canonical'),
    ...block('String to sign', texts.string_to_sign, 'to-sign'),
    ...block('Signature', texts.signature, 'signature'),
    element('p', { class: 'meta' }, `Time ${texts.timestamp} · nonce ${texts.nonce}`),
  );
}

// One field of a decoded answer, with what is inside it.
function branch(node) {
  const line = element('span', {}, element('code', { class: 'name' }, node.name), ' ');
  if (node.value !== undefined) line.append(element('span', { class: 'value' }, node.value === null ? 'null' : node.value), ' ');
  line.append(element('span', { class: 'type' }, node.unknown ? 'not in the spec' : node.type ?? ''));
  const item = element('li', { title: node.description });
  if (!node.children) {
    item.append(line);
    return item;
  }
  line.append(element('span', { class: 'type' }, ` (${node.children.length})`));
  const details = element('details', { open: node.children.length <= 20 }, element('summary', {}, line));
  details.append(element('ul', {}, ...node.children.map(branch)));
  item.append(details);
  return item;
}

function explanation(error) {
  const facts = [
    ['What is certain', error.certain],
    ['Code', error.code],
    ['Message', error.message],
    ['Meaning', error.meaning],
    ['Advice', error.advice],
    ['Calling again', error.retryable ? 'can help, as it is' : 'does not help, as it is'],
    ['Page', error.recommend],
  ].filter(([, text]) => text);
  const list = element('dl', { class: 'facts' });
  for (const [name, text] of facts) list.append(element('dt', {}, name), element('dd', {}, text));
  const made = element('div', { class: 'notice', id: 'error' }, element('p', {}, error.text), list);
  if (error.violations.length) {
    made.append(element('ul', {}, ...error.violations.map(({ message }) => element('li', {}, message))));
  }
  return made;
}

export function showAnswer(place, answer) {
  if (answer.refused) {
    place.replaceChildren(element('p', { class: 'notice' }, answer.refused));
    return;
  }
  const facts = [
    answer.status ? `HTTP ${answer.status}` : '',
    answer.request_id ? `request ${answer.request_id}` : '',
    answer.attempts ? `${answer.attempts} attempt${answer.attempts === 1 ? '' : 's'}` : '',
    answer.misfits ? `${answer.misfits} values fitted no type` : '',
  ].filter(Boolean).join(' · ');
  const parts = [element('p', { class: 'meta', id: 'outcome' }, facts)];
  if (answer.error) parts.push(explanation(answer.error));
  const views = element('div', { class: 'views' });
  if (answer.decoded) {
    const children = answer.decoded.children ?? [answer.decoded];
    views.append(element('div', {}, element('h4', {}, 'Decoded'),
      element('ul', { class: 'decoded', id: 'decoded' }, ...children.map(branch))));
  }
  if (answer.raw) views.append(element('div', {}, ...block('Raw', answer.raw, 'raw')));
  place.replaceChildren(...parts, views);
}
