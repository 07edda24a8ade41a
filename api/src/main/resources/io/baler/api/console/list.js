import * as api from './api.js';
import { h, icon, say } from './dom.js';
import { t } from './i18n.js';
import { exportRow, isLive, outcomeText } from './row.js';

const PAGE = 50;
const LIVE = ['queued', 'exporting', 'uploading'];
const GROUPS = { all: [], running: LIVE, ready: ['completed'], failed: ['failed', 'cancelled', 'expired'] };

/** While something runs, once a second: one call for all that runs, for a browser has but six streams for a host. */
const FAST = 1_000;
/** Otherwise exports may have been asked for elsewhere. */
const SLOW = 15_000;
/** Every look of an administrator at somebody else's exports is a record in the audit trail. */
const AUDITED = 15_000;

/** The list of exports, which follows what happens to them. */
export function exportList({ who, mayAsk, again }) {
  const rows = new Map();
  const state = { group: 'all', everybody: false, next: null, timer: null, stopped: true, loaded: false };
  const isAdmin = who.rights.includes('exports:admin');

  const items = h('ul', { class: 'exports', 'aria-label': t('exports') });
  const empty = h('div', { class: 'empty card', hidden: true });
  const failure = h('p', { class: 'error banner', role: 'alert', hidden: true });
  const more = h('button', { class: 'plain', type: 'button', id: 'more', hidden: true, onclick: loadMore }, t('more'));
  const groups = h('div', { class: 'groups', role: 'group', 'aria-label': t('show') },
    Object.keys(GROUPS).map((name) => h('button', {
      class: 'chip', type: 'button', 'aria-pressed': String(name === state.group),
      onclick: (event) => choose(name, event.currentTarget),
    }, t(`group.${name}`))));
  const everybody = isAdmin && h('label', { class: 'switch' },
    h('input', { type: 'checkbox', id: 'everybody', onchange: (event) => {
      state.everybody = event.target.checked;
      reload();
    } }), h('span', {}, t('everybody')));
  const element = h('div', {},
    h('div', { class: 'heading' }, h('h1', {}, t('exports')), h('div', { class: 'narrow' }, groups, everybody)),
    failure, empty, items, h('div', { class: 'end' }, more));

  function query(statuses) {
    const parameters = [['limit', statuses === LIVE ? '500' : String(PAGE)]];
    statuses.forEach((status) => parameters.push(['status', status]));
    if (state.everybody) {
      parameters.push(['requestedBy', '*']);
    }
    return parameters;
  }

  async function reload() {
    state.loaded = false;
    rows.clear();
    items.replaceChildren();
    await refresh();
  }

  /** The first page anew; rows that are known stay the elements they are, and keep the focus. */
  async function refresh(toTop = false) {
    const asked = state.group + state.everybody;
    try {
      const page = await api.exports(query(GROUPS[state.group]));
      if (state.stopped || asked !== state.group + state.everybody) {
        return;
      }
      failure.hidden = true;
      put(page.exports, true);
      if (!state.loaded) {
        state.next = page.next ?? null;
        state.loaded = true;
      }
      showEnds();
      if (toTop) {
        window.scrollTo({ top: 0 });
      }
    } catch (refused) {
      trouble(refused);
    }
    schedule();
  }

  async function loadMore() {
    more.disabled = true;
    try {
      const page = await api.nextExports(state.next);
      state.next = page.next ?? null;
      put(page.exports, false);
      showEnds();
    } catch (refused) {
      trouble(refused);
    } finally {
      more.disabled = false;
    }
  }

  function put(exports, first) {
    let before = first ? items.firstElementChild : null;
    for (const each of exports) {
      const known = rows.get(each.id);
      if (known) {
        update(each);
        if (first && known.element === before) {
          before = before.nextElementSibling;
        }
      } else {
        const row = exportRow(each, { who, mayAsk, changed: update, gone, again });
        rows.set(each.id, row);
        items.insertBefore(row.element, before);
      }
    }
  }

  function update(now) {
    const row = rows.get(now.id);
    if (!row) {
      return;
    }
    const wasLive = isLive(row.now);
    row.update(now);
    if (wasLive && !isLive(now)) {
      say(outcomeText(now), now.status === 'completed' ? 'good' : 'bad');
    }
    schedule();
  }

  function gone(id) {
    rows.get(id)?.element.remove();
    rows.delete(id);
    showEnds();
  }

  function showEnds() {
    more.hidden = !state.next;
    empty.hidden = rows.size > 0;
    if (rows.size === 0) {
      const none = state.group === 'all' && !state.everybody;
      empty.replaceChildren(icon('box'),
        h('h2', {}, t(none ? 'empty.title' : 'empty.group')),
        none && h('p', { class: 'muted' }, t('empty.about')),
        none && mayAsk && h('button', { class: 'primary', type: 'button', onclick: () => again() }, t('empty.button')));
    }
  }

  function trouble(refused) {
    if (refused.status !== 401) {
      failure.textContent = t('trouble');
      failure.hidden = false;
    }
  }

  /** What runs, in one call; what has stopped running meanwhile, one by one. */
  async function look() {
    const live = [...rows.values()].filter((row) => isLive(row.now));
    if (live.length === 0) {
      await refresh();
      return;
    }
    try {
      const { exports } = await api.exports(query(LIVE));
      failure.hidden = true;
      exports.filter((each) => rows.has(each.id)).forEach(update);
      const still = new Set(exports.map((each) => each.id));
      for (const row of live.filter((each) => !still.has(each.now.id))) {
        try {
          update(await api.find(row.now.id));
        } catch (refused) {
          if (refused.status === 404) {
            gone(row.now.id);
          }
        }
      }
    } catch (refused) {
      trouble(refused);
    }
    schedule();
  }

  function schedule() {
    clearTimeout(state.timer);
    if (!state.stopped && !document.hidden) {
      const runs = [...rows.values()].some((row) => isLive(row.now));
      state.timer = setTimeout(look, !runs ? SLOW : state.everybody ? AUDITED : FAST);
    }
  }

  function seen() {
    if (!document.hidden) {
      look();
    } else {
      clearTimeout(state.timer);
    }
  }

  function choose(name, button) {
    state.group = name;
    groups.querySelectorAll('button').forEach((each) =>
      each.setAttribute('aria-pressed', String(each === button)));
    reload();
  }

  return {
    element,
    refresh,
    start() {
      state.stopped = false;
      document.addEventListener('visibilitychange', seen);
      refresh();
    },
    stop() {
      state.stopped = true;
      clearTimeout(state.timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
