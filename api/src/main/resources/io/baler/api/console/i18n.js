/** The reader's language, zone and locale. All texts are in one file for each language. */
const LANGUAGES = { en: 'English', ja: '日本語' };

let language = 'en';
let texts = {};
let locale = 'en';

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
    const form = new Intl.PluralRules(locale).select(values.count);
    text = texts[`${key}.${form}`] ?? texts[`${key}.other`];
  }
  if (text === undefined) {
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    typeof values[name] === 'number' ? number(values[name]) : (values[name] ?? whole));
}

/** The text of a code that the api gives; what it says itself where there is none. */
export function tCode(group, code, otherwise) {
  return texts[`${group}.${code}`] ?? otherwise;
}

export function number(value) {
  return new Intl.NumberFormat(locale).format(value);
}

export function percent(value) {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
    .format(Math.floor(value) / 100);
}

export function time(instant) {
  const date = new Date(instant);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(locale, {
    year: sameYear ? undefined : 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit',
  }).format(date);
}

export function exactTime(instant) {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(instant));
}

export function day(date) {
  return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' }).format(date);
}

export function bytes(count) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit', unit: units[unit], unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

export function duration(seconds) {
  const unit = seconds < 90 ? 'second' : seconds < 5400 ? 'minute' : 'hour';
  const divisor = { second: 1, minute: 60, hour: 3600 }[unit];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 })
    .format(Math.max(1, Math.round(seconds / divisor)));
}

export function listed(items) {
  return new Intl.ListFormat(locale, { style: 'narrow', type: 'unit' }).format(items);
}
