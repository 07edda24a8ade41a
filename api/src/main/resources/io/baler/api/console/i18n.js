/** The reader's language, zone and locale. All texts are in one file for each language. */
const LANGUAGES = { en: 'English', ja: '日本語' };

let language = 'en';
let texts = {};
let locale = 'en';
/** Making one takes longer than using it a hundred times. */
const formats = new Map();

export function languages() {
  return Object.entries(LANGUAGES);
}

export function currentLanguage() {
  return language;
}

export async function load(wanted) {
  const chosen = wanted ?? localStorage.getItem('baler.language') ?? preferred();
  language = chosen in LANGUAGES ? chosen : 'en';
  texts = await (await fetch(`/console/${language}.json`)).json();
  // the reader's own variant of the language, if it is one of his or hers: dates differ between en-US and en-GB
  locale = navigator.languages.find((each) => each.split('-')[0] === language) ?? language;
  formats.clear();
  document.documentElement.lang = language;
  if (wanted) {
    localStorage.setItem('baler.language', language);
  }
}

function preferred() {
  return navigator.languages.map((each) => each.split('-')[0]).find((each) => each in LANGUAGES);
}

/** A text by its key; {name} stands for a value, and a key with .one and .other for a number's form. */
export function t(key, values = {}) {
  let text = texts[key];
  if (text === undefined && 'count' in values) {
    text = texts[`${key}.${format('PluralRules').select(values.count)}`] ?? texts[`${key}.other`];
  }
  if (text === undefined) {
    console.error(`there is no text for ${key}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    typeof values[name] === 'number' ? number(values[name]) : (values[name] ?? whole));
}

/** The text of a code that the api gives; what it says itself where there is none. */
export function tCode(group, code, otherwise) {
  return texts[`${group}.${code}`] ?? otherwise;
}

function format(kind, options = {}) {
  const key = kind + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl[kind](locale, options));
  }
  return formats.get(key);
}

export function number(value) {
  return format('NumberFormat').format(value);
}

export function percent(value) {
  return format('NumberFormat', { style: 'percent', maximumFractionDigits: 0 }).format(Math.floor(value) / 100);
}

export function time(instant) {
  const date = new Date(instant);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return format('DateTimeFormat', {
    year: sameYear ? undefined : 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit',
  }).format(date);
}

export function exactTime(instant) {
  return format('DateTimeFormat', { dateStyle: 'full', timeStyle: 'long' }).format(new Date(instant));
}

/** One day, or from one to another. */
export function days(from, to = from) {
  return format('DateTimeFormat', { year: 'numeric', month: 'short', day: 'numeric' }).formatRange(from, to);
}

/** A day as people call it. */
export function dayName(instant) {
  const date = new Date(instant);
  const today = new Date();
  const ago = Math.round((midnight(today) - midnight(date)) / 86_400_000);
  if (ago === 0 || ago === 1) {
    return t(ago === 0 ? 'dates.today' : 'dates.yesterday');
  }
  return format('DateTimeFormat', {
    year: date.getFullYear() === today.getFullYear() ? undefined : 'numeric', weekday: 'long', month: 'long',
    day: 'numeric',
  }).format(date);
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

export function bytes(count) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return format('NumberFormat', {
    style: 'unit', unit: units[unit], unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

export function duration(seconds) {
  const unit = seconds < 90 ? 'second' : seconds < 5400 ? 'minute' : 'hour';
  const divisor = { second: 1, minute: 60, hour: 3600 }[unit];
  return format('NumberFormat', { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 })
    .format(Math.max(1, Math.round(seconds / divisor)));
}

export function listed(items) {
  return items.join(t('comma'));
}
