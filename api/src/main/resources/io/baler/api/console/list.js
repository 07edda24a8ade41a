import * as api from './api.js';
import { h, icon, say } from './dom.js';
import { dayName, t } from './i18n.js';
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
/** The longest pause while the server does not answer. */
const PATIENCE = 30_000;

/** The list of exports, which follows what happens to them. */
export function exportList({ who, mayAsk, again }) {
  const rows = new Map();
  /** The same, newest first, as they stand on the page. */
  let order = [];
  const state = { group: 'all', everybody: false, next: null, timer: null, stopped: true, loaded: false, turn: 0,
    selection: 0, failures: 0, retryAfter: 0 };
  const isAdmin = who.rights.includes('exports:admin');

  const items = h('ul', { class: 'exports', 'aria-label': t('exports') });
  const loading = h('div', { class: 'exports loading', 'aria-hidden': 'true' },
    [1, 2, 3].map(() => h('div', { class: 'export card' }, h('div', { class: 'main' }, h('i'), h('i'), h('i')))));
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
    failure, empty, loading, items, h('div', { class: 'end' }, more));

  function query(statuses) {
    const parameters = [['limit', statuses === LIVE ? '500' : String(PAGE)]];
    statuses.forEach((status) => parameters.push(['status', status]));
    if (state.everybody) {
      parameters.push(['requestedBy', '*']);
    }
    return parameters;
  }

  /** An answer to what was asked before the reader did something is thrown away: it would show what was. */
  async function asked(question, use) {
    const turn = ++state.turn;
    clearTimeout(state.timer);
    try {
      const answer = await question();
      if (state.stopped || turn !== state.turn) {
        return;
      }
      state.failures = 0;
      state.retryAfter = 0;
      failure.hidden = true;
      await use(answer, () => !state.stopped && turn === state.turn);
    } catch (refused) {
      trouble(refused);
    }
    schedule();
  }

  /** What is there stays until there is something in its place. */
  function reload() {
    state.loaded = false;
    state.selection++;
    items.classList.add('stale');
    return refresh();
  }

  /** The first page anew; rows that are known stay the elements they are, and keep the focus. */
  function refresh(toTop = false) {
    return asked(() => api.exports(query(GROUPS[state.group])), (page) => {
      if (!state.loaded) {
        clear();
        state.next = page.next ?? null;
        state.loaded = true;
      }
      put(page.exports);
      forgetMissing(page);
      // a download expires without anything that happens to it
      order.forEach((row) => row.update(row.now));
      showEnds();
      if (toTop) {
        window.scrollTo({ top: 0 });
      }
    });
  }

  async function loadMore() {
    const { selection } = state;
    more.disabled = true;
    try {
      const page = await api.nextExports(state.next);
      if (selection === state.selection) {
        state.next = page.next ?? null;
        put(page.exports);
        showEnds();
      }
    } catch (refused) {
      trouble(refused);
    } finally {
      more.disabled = false;
    }
  }

  function clear() {
    rows.clear();
    order = [];
    items.replaceChildren();
    items.classList.remove('stale');
    loading.hidden = true;
  }

  function put(exports) {
    const added = exports.filter((each) => !rows.has(each.id));
    exports.forEach((each) => (rows.has(each.id) ? update(each) : place(each)));
    if (added.length) {
      drawDays();
    }
  }

  function place(one) {
    const row = exportRow(one, { who, mayAsk, changed: acted, gone, again });
    let n = order.length;
    while (n > 0 && order[n - 1].created < row.created) {
      n--;
    }
    order.splice(n, 0, row);
    rows.set(one.id, row);
    items.insertBefore(row.element, order[n + 1]?.element ?? null);
  }

  /** A long list is read by its days. */
  function drawDays() {
    items.querySelectorAll('.day').forEach((day) => day.remove());
    let last = '';
    for (const row of order) {
      const name = dayName(row.created);
      if (name !== last) {
        row.element.before(h('li', { class: 'day' }, h('h2', {}, name)));
        last = name;
      }
    }
  }

  /** What has been deleted meanwhile, or belongs to another group now; but not under the reader's hands. */
  function forgetMissing(page) {
    const there = new Set(page.exports.map((each) => each.id));
    const oldest = page.next ? Date.parse(page.exports.at(-1).createdAt) : -Infinity;
    order.filter((row) => row.created > oldest && !there.has(row.now.id))
      .filter((row) => !row.element.contains(document.activeElement))
      .forEach((row) => gone(row.now.id));
  }

  function update(now) {
    const row = rows.get(now.id);
    const wasLive = isLive(row.now);
    row.update(now);
    if (wasLive && !isLive(now)) {
      say(outcomeText(now), now.status === 'completed' ? 'good' : 'bad');
    }
  }

  /** The reader has done something to one of them. */
  function acted(now) {
    state.turn++;
    if (rows.has(now.id)) {
      update(now);
    }
    schedule();
  }

  function gone(id) {
    const row = rows.get(id);
    if (!row) {
      return;
    }
    const hadFocus = row.element.contains(document.activeElement);
    const n = order.indexOf(row);
    order.splice(n, 1);
    rows.delete(id);
    row.element.remove();
    drawDays();
    showEnds();
    if (hadFocus) {
      const next = (order[n] ?? order[n - 1])?.element.querySelector('a, button');
      (next ?? document.getElementById('exports')).focus();
    }
  }

  function showEnds() {
    more.hidden = !state.next;
    empty.hidden = order.length > 0 || Boolean(state.next);
    if (order.length === 0 && state.next && !more.disabled) {
      loadMore();
    } else if (order.length === 0) {
      const none = state.group === 'all' && !state.everybody;
      empty.replaceChildren(icon('box'),
        h('h2', {}, t(none ? 'empty.title' : 'empty.group')),
        none && h('p', { class: 'muted' }, t('empty.about')),
        none && mayAsk && h('button', { class: 'primary', type: 'button', onclick: () => again() }, t('empty.button')));
    }
  }

  function trouble(refused) {
    if (refused.status === undefined) {
      throw refused;
    }
    state.failures++;
    state.retryAfter = refused.retryAfter * 1_000;
    if (refused.status !== 401) {
      failure.textContent = t('trouble');
      failure.hidden = false;
      loading.hidden = true;
    }
  }

  /** What runs, in one call; what has stopped running meanwhile, one by one. */
  function look() {
    const live = order.filter((row) => isLive(row.now));
    if (live.length === 0 || !state.loaded) {
      return refresh();
    }
    return asked(() => api.exports(query(LIVE)), async ({ exports }, isCurrent) => {
      const mayShow = GROUPS[state.group].length === 0 || GROUPS[state.group] === LIVE;
      put(exports.filter((each) => mayShow || rows.has(each.id)));
      showEnds();
      const still = new Set(exports.map((each) => each.id));
      for (const row of live.filter((each) => !still.has(each.now.id))) {
        const now = await api.find(row.now.id).catch((refused) => {
          if (refused.status === 404) {
            return null;
          }
          throw refused;
        });
        if (!isCurrent()) {
          return;
        }
        if (now === null) {
          gone(row.now.id);
        } else if (rows.has(now.id)) {
          update(now);
        }
      }
    });
  }

  function schedule() {
    clearTimeout(state.timer);
    if (!state.stopped && !document.hidden) {
      const runs = order.some((row) => isLive(row.now));
      const usual = !runs ? SLOW : state.everybody ? AUDITED : FAST;
      const slower = Math.min(PATIENCE, FAST * 2 ** state.failures);
      state.timer = setTimeout(look, state.failures ? Math.max(slower, state.retryAfter) : usual);
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
    /** What an export is called here, if it is on the page. */
    nameOf: (id) => rows.get(id)?.name,
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
