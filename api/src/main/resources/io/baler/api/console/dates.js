import { h } from './dom.js';
import { t } from './i18n.js';

/** Each gives the first and the last day, which are the reader's own. */
const PRESETS = {
  all: () => [null, null],
  today: (now) => [now, now],
  yesterday: (now) => [plus(now, -1), plus(now, -1)],
  week: (now) => [plus(now, -6), now],
  month: (now) => [plus(now, -29), now],
  lastMonth: (now) => [
    new Date(now.getFullYear(), now.getMonth() - 1, 1), new Date(now.getFullYear(), now.getMonth(), 0)],
  custom: null,
};

/** A range of days in the reader's zone; the api is told the instants. */
export function dateRange(filters, changed) {
  const given = Boolean(filters.dateFrom || filters.dateTo);
  const from = h('input', { type: 'date', id: 'date-from', onchange: edited });
  const to = h('input', { type: 'date', id: 'date-to', onchange: edited });
  const own = h('div', { class: 'own', hidden: !given },
    h('div', {}, h('label', { for: 'date-from' }, t('form.from')), from),
    h('div', {}, h('label', { for: 'date-to' }, t('form.to')), to));
  // to the millisecond as it was, unless the days are changed
  let exact = given ? { dateFrom: filters.dateFrom, dateTo: filters.dateTo } : null;
  let preset = given ? 'custom' : 'all';
  from.value = given && filters.dateFrom ? local(new Date(filters.dateFrom)) : '';
  to.value = given && filters.dateTo ? local(new Date(filters.dateTo)) : '';

  const element = h('fieldset', { class: 'field' },
    h('legend', {}, t('form.dates')),
    h('div', { class: 'presets' }, Object.keys(PRESETS).map((name) => h('label', { class: 'preset' },
      h('input', { type: 'radio', name: 'preset', value: name, checked: name === preset, onchange: () => {
        preset = name;
        own.hidden = name !== 'custom';
        exact = null;
        changed();
      } }), h('span', {}, t(`dates.${name}`))))),
    own,
    h('p', { class: 'hint' }, t('form.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })));

  function edited() {
    exact = null;
    changed();
  }

  function days() {
    if (preset !== 'custom') {
      return PRESETS[preset](new Date());
    }
    return [from.value, to.value].map((value) => (value ? new Date(`${value}T00:00:00`) : null));
  }

  function value() {
    if (exact) {
      return Object.fromEntries(Object.entries(exact).filter(([, date]) => date));
    }
    const [first, last] = days();
    return {
      ...(first ? { dateFrom: midnight(first).toISOString() } : {}),
      ...(last ? { dateTo: new Date(midnight(plus(last, 1)) - 1).toISOString() } : {}),
    };
  }

  function isReversed() {
    const [first, last] = exact ? [] : days();
    return Boolean(first && last && first > last);
  }

  return { element, value, isReversed };
}

function plus(date, count) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + count);
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

function local(date) {
  const two = (number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
