import { h, icon } from './dom.js';
import { t } from './i18n.js';

/** Shows a dialog until it is closed; the focus goes back to where it was by the browser's own doing. */
export function open({ title, content, kind = '', onclose = () => {} }) {
  const heading = h('h2', { id: 'dialog-title' }, title);
  const dialog = h('dialog', { class: kind, 'aria-labelledby': 'dialog-title', onclose: () => {
    dialog.remove();
    onclose(dialog.returnValue);
  } },
  h('header', {}, heading,
    h('button', { class: 'quiet round', type: 'button', 'aria-label': t('close'), onclick: () => dialog.close() },
      icon('close'))),
  content);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks; the answer is whether it is to be done. */
export function ask({ title, text, yes, no = t('cancel'), dangerous = false }) {
  return new Promise((resolve) => {
    const dialog = open({
      title,
      kind: 'question',
      onclose: (value) => resolve(value === 'yes'),
      content: h('form', { method: 'dialog' },
        h('p', {}, text),
        h('footer', {},
          h('button', { class: 'plain', value: 'no' }, no),
          h('button', { class: dangerous ? 'danger' : 'primary', value: 'yes' }, yes))),
    });
    // what cannot be taken back is not done by pressing Enter twice
    dialog.querySelector(`button[value=${dangerous ? 'no' : 'yes'}]`).focus();
  });
}
