// The form of an operation: a control for each parameter, made of what the server says of it.
//
// A control is an object with an element, `get()`, which is undefined while nothing is given, and `set(value)`. What a
// control was set to is what it gives back until somebody edits it, so nothing is lost that an input cannot show.

let count = 0;

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const button = (text, label, press) => {
  const made = element('button', { type: 'button', 'aria-label': label }, text);
  made.addEventListener('click', press);
  return made;
};

// Text that is a number JSON can hold becomes one; anything else goes to the server as it is, which says what is wrong.
const number = (text) => (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text) ? Number(text) : text);

const parsed = (text) => {
  try { return JSON.parse(text); } catch { return text; }
};

// A control around one input.
function simple(input, read, write) {
  let value;
  input.addEventListener('input', () => { value = input.value === '' ? undefined : read(input.value); });
  return {
    input,
    element: input,
    get: () => value,
    set: (given) => {
      value = given ?? undefined;
      input.value = value === undefined ? '' : write(value);
    },
  };
}

const shown = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function textControl(schema) {
  const numeric = ['int32', 'int64', 'float', 'double'].includes(schema.kind);
  const input = element('input', {
    type: schema.sensitive ? 'password' : 'text',
    inputmode: numeric ? 'decimal' : undefined,
    autocomplete: schema.sensitive ? 'new-password' : 'off',
    spellcheck: 'false',
    placeholder: schema.example,
  });
  return simple(input, numeric ? number : (text) => text, shown);
}

function choiceControl(values, read) {
  const select = element('select', {}, element('option', { value: '' }, ''));
  for (const [value, description] of values) {
    select.append(element('option', { value, title: description }, value));
  }
  return simple(select, read, String);
}

// An enum is open: any other value can be sent.
function enumControl(schema) {
  const choice = choiceControl(schema.values, (text) => text);
  const other = textControl(schema);
  const known = new Set(schema.values.map(([value]) => value));
  choice.input.append(element('option', { value: '\u2026' }, 'another value ...'));
  other.input.hidden = true;
  other.input.setAttribute('aria-label', 'Another value');
  const control = {
    input: choice.input,
    element: element('div', { class: 'choice' }, choice.input, other.input),
    get: () => (other.input.hidden ? choice.get() : other.get()),
    set: (value) => {
      const odd = value !== undefined && value !== null && !known.has(value);
      other.input.hidden = !odd;
      other.set(odd ? value : undefined);
      choice.set(odd ? '\u2026' : value);
    },
  };
  choice.input.addEventListener('input', () => {
    other.input.hidden = choice.input.value !== '\u2026';
    if (!other.input.hidden) other.input.focus();
  });
  return control;
}

function anyControl(schema) {
  const input = element('textarea', { rows: 2, spellcheck: 'false', placeholder: schema.example });
  return simple(input, parsed, shown);
}

function objectControl(schema, path, changed) {
  let fields = null;
  const body = element('div', { class: 'fields' });
  const details = element('details', { class: 'group' }, element('summary', {}, 'Fields'), body);
  // Made when it is needed: objects may hold objects for a while.
  const build = () => {
    fields ??= new Map(schema.fields.map((field) => {
      const made = row(field, `${path}.${field.name}`, changed);
      body.append(made.element);
      return [field.name, made];
    }));
    return fields;
  };
  details.addEventListener('toggle', () => { if (details.open) build(); });
  let extra = {};
  return {
    element: details,
    get: () => {
      const value = { ...extra };
      for (const [name, field] of fields ?? []) {
        const inner = field.get();
        if (inner !== undefined) value[name] = inner;
      }
      return Object.keys(value).length ? value : undefined;
    },
    set: (value) => {
      const given = value ?? {};
      if (!Object.keys(given).length && !fields) return;
      details.open = Object.keys(given).length > 0;
      extra = { ...given };
      for (const [name, field] of build()) {
        field.set(given[name]);
        delete extra[name];
      }
    },
  };
}

// A list or a map: rows that can be added and taken away. Those of a map have a name each.
function rowsControl(schema, path, changed, named) {
  const rows = [];
  const body = element('div', { class: 'rows' });
  const label = path.split('.').pop();
  const add = (value, key) => {
    const at = rows.length + 1;
    const inner = control(schema.item, `${path}.${at}`, changed);
    const name = named ? element('input', { type: 'text', 'aria-label': `Name in ${label}`, placeholder: 'name' }) : null;
    if (name && key !== undefined) name.value = key;
    inner.input?.setAttribute('aria-label', `${label} ${at}`);
    const made = { inner, name };
    const line = element('div', { class: 'row' });
    const remove = button('Remove', `Remove ${label} ${at}`, () => {
      rows.splice(rows.indexOf(made), 1);
      line.remove();
      changed();
    });
    line.append(...(name ? [name] : []), inner.element, remove);
    made.line = line;
    rows.push(made);
    body.append(line);
    if (value !== undefined) inner.set(value);
    return made;
  };
  const more = button('Add', `Add to ${label}`, () => {
    const made = add();
    (made.name ?? made.inner.input ?? made.line.querySelector('summary'))?.focus();
    changed();
  });
  const values = () => rows.map(({ inner }) => inner.get() ?? null);
  return {
    element: element('div', { class: 'list' }, body, more),
    get: () => {
      if (!rows.length) return undefined;
      if (!named) return values();
      return Object.fromEntries(rows.map(({ name, inner }) => [name.value, inner.get() ?? null]));
    },
    set: (value) => {
      rows.length = 0;
      body.replaceChildren();
      if (named) Object.entries(value ?? {}).forEach(([key, item]) => add(item, key));
      else (Array.isArray(value) ? value : []).forEach((item) => add(item));
    },
  };
}

// JSON in a string: its fields, or text of one's own.
function jsonControl(fields, schema) {
  const text = simple(element('textarea', { rows: 3, spellcheck: 'false', placeholder: schema.example, 'aria-label': 'JSON text' }),
    (value) => value, shown);
  const holder = element('div', {}, fields.element);
  let raw = false;
  const use = (asText) => {
    raw = asText;
    toggle.textContent = raw ? 'Use fields' : 'Write text';
    holder.replaceChildren(raw ? text.element : fields.element);
  };
  const toggle = button('Write text', 'Switch between fields and text', () => {
    if (raw) {
      const value = parsed(text.get() ?? '');
      if (typeof value === 'object') fields.set(value);
      use(false);
    } else {
      const value = fields.get();
      text.set(value === undefined ? undefined : JSON.stringify(value));
      use(true);
    }
    holder.dispatchEvent(new Event('input', { bubbles: true }));
  });
  return {
    element: element('div', { class: 'json' }, holder, toggle),
    get: () => (raw ? text.get() : fields.get()),
    set: (value) => {
      use(typeof value === 'string');
      if (raw) text.set(value);
      else fields.set(value);
    },
  };
}

function control(schema, path, changed) {
  const made = (() => {
    switch (schema.kind) {
      case 'object': return objectControl(schema, path, changed);
      case 'list': return rowsControl(schema, path, changed, false);
      case 'map': return rowsControl(schema, path, changed, true);
      case 'boolean': return choiceControl([['true', ''], ['false', '']], (text) => text === 'true');
      case 'any': return anyControl(schema);
      default: return schema.values ? enumControl(schema) : textControl(schema);
    }
  })();
  const parts = ['object', 'list', 'map'].includes(schema.kind);
  return schema.json && parts ? jsonControl(made, schema) : made;
}

// A control with its name, what is known of it, and what is wrong with it.
function row(schema, path, changed) {
  count += 1;
  const id = `field-${count}`;
  const made = control(schema, path, changed);
  const notes = [schema.kind, schema.default === undefined ? '' : `default ${schema.default}`].filter(Boolean).join(' · ');
  const help = element('span', { class: 'help', id: `${id}-help` }, notes);
  const problem = element('p', { class: 'problem', id: `${id}-problem`, 'data-path': path });
  const name = element(made.input ? 'label' : 'span', { class: 'name', id: `${id}-name` }, schema.name);
  if (schema.required) name.append(element('span', { class: 'star', title: `required (${schema.required})` }, ' *'));
  if (made.input) {
    made.input.id = id;
    made.input.name = path;
    name.setAttribute('for', id);
    made.input.setAttribute('aria-describedby', `${id}-help ${id}-problem`);
    if (schema.required) made.input.setAttribute('aria-required', 'true');
  } else {
    made.element.setAttribute('role', 'group');
    made.element.setAttribute('aria-labelledby', `${id}-name`);
  }
  const title = schema.description ?? '';
  return { ...made, element: element('div', { class: 'control', title }, name, help, made.element, problem) };
}

// Parameters the spec does not know, by name.
function extras(changed) {
  return rowsControl({ item: { kind: 'string' } }, 'parameters the spec lacks', changed, true);
}

export class Form {
  constructor(root, shape, changed) {
    this.root = root;
    const notify = () => changed();
    this.fields = new Map(shape.parameters.map((schema) => [schema.name, row(schema, schema.name, notify)]));
    this.extra = extras(notify);
    root.append(...[...this.fields.values()].map((field) => field.element));
    root.append(element('details', { class: 'group', id: 'extra' },
      element('summary', {}, 'Parameters the spec lacks'), this.extra.element));
    root.addEventListener('input', notify);
    root.addEventListener('submit', (event) => event.preventDefault());
  }

  get() {
    const input = {};
    for (const [name, field] of this.fields) {
      const value = field.get();
      if (value !== undefined) input[name] = value;
    }
    return { ...input, ...this.extra.get() };
  }

  set(input) {
    const rest = { ...input };
    for (const [name, field] of this.fields) {
      field.set(rest[name]);
      delete rest[name];
    }
    this.extra.set(rest);
    if (Object.keys(rest).length) this.root.querySelector('#extra').open = true;
  }

  // Puts each message beside its control; the rest is returned.
  explain(violations) {
    const places = new Map([...this.root.querySelectorAll('.problem')].map((place) => [place.dataset.path, place]));
    for (const place of places.values()) {
      place.textContent = '';
      place.parentElement.classList.remove('bad');
    }
    return violations.filter(({ parameter, message }) => {
      const place = places.get(parameter);
      if (!place) return true;
      place.textContent = place.textContent ? `${place.textContent}; ${message}` : message;
      place.parentElement.classList.add('bad');
      return false;
    });
  }
}
