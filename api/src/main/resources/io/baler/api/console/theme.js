// Not a module, and first of all: the page is never shown in the wrong colours.
(function () {
  const chosen = localStorage.getItem('baler.theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
})();
