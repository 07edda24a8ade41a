import * as api from './api.js';
import { h } from './dom.js';
import { listed, t } from './i18n.js';

const NAMED = 6;

/** Actions in groups by what they are about, which is what their names begin with. */
export function actionPicker(chosen, changed) {
  const selected = new Set(chosen);
  let all = [...chosen];
  let complete = true;

  const search = h('input', { id: 'action-search', type: 'search', 'aria-label': t('form.actions.search'),
    placeholder: t('form.actions.search'), oninput: draw, onkeydown: (event) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        const other = search.value.trim();
        if (!complete && other && !all.includes(other)) {
          add(other);
        }
      }
    } });
  const groups = h('div', { class: 'actions', tabIndex: 0, role: 'group', 'aria-label': t('form.actions') });
  const summary = h('p', { class: 'hint', id: 'actions-hint' });
  const none = h('button', { class: 'quiet small', type: 'button', hidden: true, onclick: () => {
    selected.clear();
    draw();
    changed();
    search.focus();
  } }, t('form.actions.clear'));
  const element = h('fieldset', { class: 'field' }, h('legend', {}, t('form.actions')), search, groups,
    h('div', { class: 'sum' }, summary, none));
  draw();
  api.actions().then((found) => {
    all = [...new Set([...found.actions, ...chosen])].sort();
    complete = found.complete;
    draw();
  }).catch(() => {
    complete = false;
    draw();
  });

  function draw() {
    const wanted = search.value.trim().toLowerCase();
    const shown = all.filter((name) => name.toLowerCase().includes(wanted));
    const byGroup = Map.groupBy ? Map.groupBy(shown, groupOf) : grouped(shown);
    groups.replaceChildren(
      ...[...byGroup].map(([name, actions]) => group(name, actions)),
      !complete && wanted && !all.includes(search.value.trim())
        ? h('button', { class: 'plain small', type: 'button', onclick: () => add(search.value.trim()) },
          t('form.actions.add', { name: search.value.trim() }))
        : shown.length === 0 && h('p', { class: 'muted' }, t('form.actions.none')) || '');
    tell();
  }

  function group(name, actions) {
    const whole = h('input', { type: 'checkbox', onchange: () => {
      actions.forEach((action) => (whole.checked ? selected.add(action) : selected.delete(action)));
      draw();
      changed();
    } });
    mark();
    function mark() {
      const count = actions.filter((action) => selected.has(action)).length;
      whole.checked = count === actions.length;
      whole.indeterminate = count > 0 && count < actions.length;
    }
    return h('div', { class: 'group' },
      actions.length > 1 && h('label', { class: 'check whole' }, whole, h('span', {}, name)),
      h('div', { class: 'members' }, actions.map((action) => h('label', { class: 'check' },
        h('input', { type: 'checkbox', checked: selected.has(action), value: action, onchange: (event) => {
          event.target.checked ? selected.add(action) : selected.delete(action);
          mark();
          tell();
          changed();
        } }), h('span', {}, action)))));
  }

  function add(name) {
    all = [...all, name].sort();
    selected.add(name);
    search.value = '';
    draw();
    changed();
    search.focus();
  }

  /** The search may hide what is chosen. */
  function tell() {
    const names = [...selected].sort();
    const told = listed(names.slice(0, NAMED));
    none.hidden = names.length === 0;
    summary.textContent = names.length === 0 ? t('form.actions.all') : t('form.actions.some', {
      count: names.length,
      names: names.length > NAMED ? t('andMore', { names: told, count: names.length - NAMED }) : told,
    });
  }

  return { element, value: () => (selected.size ? { actions: [...selected].sort() } : {}) };
}

/** PAGE of PAGE_VIEW, Get of GetObject. */
function groupOf(action) {
  return /^[^_.\-]+(?=[_.\-])/.exec(action)?.[0] ?? /^[A-Z][a-z]+(?=[A-Z])/.exec(action)?.[0] ?? action;
}

function grouped(actions) {
  const groups = new Map();
  actions.forEach((action) => groups.set(groupOf(action), [...(groups.get(groupOf(action)) ?? []), action]));
  return groups;
}
