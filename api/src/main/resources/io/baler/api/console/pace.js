const SPAN = 10_000;

/** How fast an export has been going lately. */
export class Pace {
  #samples = [];

  add(now) {
    if (now.status !== 'exporting') {
      this.forget();
      return;
    }
    const at = performance.now();
    const last = this.#samples.at(-1);
    if (last && last.count > now.progress.exported) {
      this.forget();
    }
    if (!last || last.count !== now.progress.exported) {
      this.#samples.push({ at, count: now.progress.exported });
    }
    while (this.#samples.length > 2 && at - this.#samples[0].at > SPAN) {
      this.#samples.shift();
    }
  }

  forget() {
    this.#samples = [];
  }

  /** Records a second; undefined until it can be told. */
  rate() {
    if (this.#samples.length < 2) {
      return undefined;
    }
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    return ((last.count - first.count) * 1000) / (last.at - first.at);
  }
}
