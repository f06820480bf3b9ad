// Dark or light: as the system has it, until somebody switches.
'use strict';

(() => {
  const root = document.documentElement;
  const stored = () => {
    try { return localStorage.getItem('theme'); } catch { return null; }
  };
  if (stored()) root.dataset.theme = stored();

  addEventListener('DOMContentLoaded', () => {
    document.getElementById('theme').addEventListener('click', () => {
      const dark = root.dataset.theme
        ? root.dataset.theme === 'dark'
        : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      try { localStorage.setItem('theme', root.dataset.theme); } catch { /* a file may have no storage */ }
    });
  });
})();
