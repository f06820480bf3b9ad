// Tabs that arrow keys move between.

export function tabs(list) {
  const all = [...list.querySelectorAll('[role=tab]')];
  const choose = (chosen, focus) => {
    for (const tab of all) {
      const on = tab === chosen;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !on;
    }
    if (focus) chosen.focus();
  };
  for (const [at, tab] of all.entries()) {
    tab.addEventListener('click', () => choose(tab, false));
    tab.addEventListener('keydown', (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : at + (by ?? 0);
      if (next === at) return;
      event.preventDefault();
      choose(all[(next + all.length) % all.length], true);
    });
  }
}
