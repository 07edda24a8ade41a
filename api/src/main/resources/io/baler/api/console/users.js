import * as api from './api.js';
import { h, icon } from './dom.js';
import { t } from './i18n.js';

const PAUSE = 150;

/** Names of users, with suggestions: a combobox by the ARIA pattern, whose choices become chips. */
export function userPicker(filters, changed) {
  const names = [...(filters.usernames ?? [])];
  const ids = [...(filters.users ?? [])];
  let unknown = [];
  let options = [];
  let active = -1;
  let timer = null;
  let looking = null;

  const chips = h('ul', { class: 'chips', 'aria-label': t('form.users.chosen') });
  const list = h('ul', { class: 'options', id: 'users-list', role: 'listbox', hidden: true,
    'aria-label': t('form.users') });
  const input = h('input', {
    id: 'users', type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: false, 'aria-expanded': 'false',
    'aria-controls': 'users-list', 'aria-autocomplete': 'list', 'aria-describedby': 'users-hint',
    placeholder: t('form.users.all'), oninput: suggest, onkeydown: key, onblur: () => setTimeout(leave, 150),
  });
  const element = h('div', { class: 'field' },
    h('label', { for: 'users' }, t('form.users')),
    h('div', { class: 'combobox' }, chips, input, list),
    h('p', { class: 'hint', id: 'users-hint' }, t('form.users.hint')));
  draw();

  function suggest() {
    clearTimeout(timer);
    looking?.abort();
    const prefix = input.value.trim();
    if (!prefix) {
      show([]);
      return;
    }
    timer = setTimeout(async () => {
      looking = new AbortController();
      try {
        const found = await api.users(prefix, looking.signal);
        show(found.usernames.filter((name) => !names.includes(name)));
      } catch {
        show([]);
      }
    }, PAUSE);
  }

  function show(found) {
    options = found;
    active = -1;
    list.replaceChildren(...found.map((name, n) => h('li', { id: `user-${n}`, role: 'option', 'aria-selected': 'false',
      onmousedown: (event) => {
        event.preventDefault();
        add(name);
      } }, name)));
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    input.removeAttribute('aria-activedescendant');
  }

  function move(to) {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = (to + options.length) % options.length;
    list.children[active].setAttribute('aria-selected', 'true');
    list.children[active].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', `user-${active}`);
  }

  function key(event) {
    if (event.key === 'ArrowDown' && options.length) {
      event.preventDefault();
      move(active + 1);
    } else if (event.key === 'ArrowUp' && options.length) {
      event.preventDefault();
      move(active < 0 ? options.length - 1 : active - 1);
    } else if ((event.key === 'Enter' || event.key === ',') && input.value.trim()) {
      event.preventDefault();
      add(options[active] ?? input.value.trim());
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show([]);
    } else if (event.key === 'Backspace' && !input.value && (names.length || ids.length)) {
      (names.length ? names : ids).pop();
      draw();
      changed();
    }
  }

  /** A window that is left for another is come back to, and so is what was being typed. */
  function leave() {
    if (!document.hasFocus() || document.activeElement === input) {
      return;
    }
    if (input.value.trim()) {
      add(input.value.trim());
    }
    show([]);
  }

  function add(name) {
    input.value = '';
    show([]);
    if (!names.includes(name)) {
      names.push(name);
      draw();
      changed();
    }
  }

  function draw() {
    const chip = (name, all) => h('li', { class: unknown.includes(name) ? 'wrong' : '' },
      h('span', {}, name, unknown.includes(name) && ` – ${t('form.users.unknown')}`),
      h('button', { class: 'quiet', type: 'button', 'aria-label': t('form.remove', { name }), onclick: () => {
        all.splice(all.indexOf(name), 1);
        draw();
        changed();
        input.focus();
      } }, icon('close')));
    chips.replaceChildren(...names.map((name) => chip(name, names)), ...ids.map((id) => chip(id, ids)));
    chips.hidden = names.length + ids.length === 0;
    input.placeholder = chips.hidden ? t('form.users.all') : '';
  }

  return {
    element,
    focus: () => input.focus(),
    /** What has been typed and not been chosen yet is meant, too: left out, the export would be wider. */
    take() {
      if (input.value.trim()) {
        add(input.value.trim());
      }
    },
    mark(wrong) {
      if (wrong.join() !== unknown.join()) {
        unknown = wrong;
        draw();
      }
    },
    /** What selects nothing is left out: an empty list would be refused. */
    value: () => ({ ...(names.length ? { usernames: names } : {}), ...(ids.length ? { users: ids } : {}) }),
  };
}
