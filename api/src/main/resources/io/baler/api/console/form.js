import { actionPicker } from './actions.js';
import * as api from './api.js';
import { dateRange } from './dates.js';
import { ask, open } from './dialogs.js';
import { h, say } from './dom.js';
import { bytes, t, tCode, time } from './i18n.js';
import { userPicker } from './users.js';

const FORMATS = ['json', 'ndjson', 'csv', 'ndjson.gz', 'ndjson.zst'];
const PAUSE = 400;

/** Asks for an export. What it would hold is told while it is being described. */
export function openForm({ filters = {}, format = 'json', done }) {
  const users = userPicker(filters, changed);
  const actions = actionPicker(filters.actions ?? [], changed);
  const dates = dateRange(filters, changed);
  const formats = h('select', { id: 'format', onchange: describe },
    FORMATS.map((name) => h('option', { value: name }, name)));
  formats.value = format;
  const formatHint = h('p', { class: 'hint', id: 'format-hint' });
  formats.setAttribute('aria-describedby', 'format-hint');
  const preview = h('output', { class: 'preview', id: 'preview' });
  const error = h('p', { class: 'error', role: 'alert', id: 'form-error' });
  const submit = h('button', { class: 'primary', type: 'submit', id: 'submit' }, t('form.submit'));
  const form = h('form', { class: 'request', onsubmit: send },
    h('div', { class: 'fields' },
      users.element, actions.element, dates.element,
      h('div', { class: 'field' }, h('label', { for: 'format' }, t('form.format')), formats, formatHint)),
    h('footer', {}, h('div', { class: 'told', 'aria-live': 'polite' }, preview, error), submit));
  const dialog = open({ title: t('new'), kind: 'sheet', content: form, onclose: () => {
    clearTimeout(timer);
    looking?.abort();
  } });

  let timer = null;
  let looking = null;
  describe();
  changed();
  users.focus();

  function describe() {
    formatHint.textContent = t(`format.${formats.value}`);
  }

  function body() {
    return { filters: { ...users.value(), ...actions.value(), ...dates.value() }, format: formats.value };
  }

  function changed() {
    error.textContent = '';
    clearTimeout(timer);
    looking?.abort();
    if (dates.isReversed()) {
      preview.textContent = '';
      error.textContent = t('form.reversed');
      return;
    }
    preview.textContent = t('preview.counting');
    timer = setTimeout(look, PAUSE);
  }

  async function look() {
    looking = new AbortController();
    try {
      const found = await api.preview(body(), looking.signal);
      const names = found.unknown?.usernames ?? [];
      users.mark(names);
      if (names.length || found.unknown?.actions?.length) {
        preview.textContent = t('preview.unknown');
      } else if (found.count === 0 && found.exact) {
        preview.textContent = t('preview.nothing');
      } else {
        const count = t(found.exact ? 'records' : 'preview.least', { count: found.count });
        preview.textContent = found.estimatedBytes === undefined
          ? count
          : t('preview.size', { count, size: bytes(found.estimatedBytes) });
      }
    } catch (refused) {
      if (refused.name !== 'AbortError') {
        preview.textContent = refused.fields.length ? '' : t('preview.none');
        tell(refused);
      }
    }
  }

  function tell(refused) {
    error.textContent = refused.fields.length
      ? refused.fields.map((each) => `${tCode('field', each.field.replace(/\[.*/, ''), each.field)}: ${each.message}`)
        .join(' ')
      : tCode('problem', refused.code, refused.message);
  }

  async function send(event) {
    event.preventDefault();
    users.take();
    if (!dates.isReversed()) {
      await ordered(body());
    }
  }

  async function ordered(wish) {
    submit.disabled = true;
    error.textContent = '';
    try {
      await api.request(wish);
      dialog.close();
      say(t('requested'), 'good');
      done();
    } catch (refused) {
      if (refused.code === 'duplicate') {
        await duplicate(wish, refused.problem.existing);
      } else {
        tell(refused);
      }
    } finally {
      submit.disabled = false;
    }
  }

  async function duplicate(wish, existing) {
    const restart = await ask({
      title: t('duplicate.title'),
      text: t('duplicate.text', { time: time(existing.createdAt) }),
      yes: t('duplicate.yes'),
      no: t('duplicate.no'),
    });
    if (restart) {
      await ordered({ ...wish, restartJob: true });
    }
  }
}
