/* The web chat of Lo Frayer. One page, no framework: the server's transcript is the truth, this only shows it. */
(() => {
  'use strict';

  const root = document.documentElement;
  const language = root.lang;
  const texts = window.TEXTS[language] || window.TEXTS.en;

  const TEXT_LIMIT = 2000;
  const FILE_LIMIT = 5 * 1024 * 1024;
  const FINE = 1024 * 1024; // A picture of more bytes is made smaller before it is sent.
  const LONGEST = 2400; // Pixels of its longer side then: a page of small print can still be read.
  const SILENCE = 8000; // After this long without an answer we look for one ourselves.
  const HOLD = 1200; // So long a tapped button may stand for the bubble of the tap.
  const OUTBOX = 'lofrayer.outbox';
  const RELOADED = 'lofrayer.reloaded';

  // -- small tools -----------------------------------------------------------------------------------------------------

  const $ = (id) => document.getElementById(id);

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  const SVG = 'http://www.w3.org/2000/svg';
  const ICONS = {
    copy: 'M9 9h10v11H9zM5 15V4h10',
    link: 'M7 17L17 7M9 7h8v8',
    done: 'M5 12.5l4.5 4.5L19 7.5',
    phone: 'M6.5 3.5h3l1.5 4-2 1.5a12 12 0 0 0 6 6l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z',
    file: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
    wait: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18',
  };

  function icon(name) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('class', 'icon');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', ICONS[name]);
    svg.append(path);
    return svg;
  }

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID needs https.
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  const updateOf = (line) => (line.who === 'person' ? line.id.slice(-36) : '');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');

  // dir=auto goes by the first letter alone, and turns 'HOT לא עונים' around. A text with a fair share of Hebrew or
  // Arabic is right to left; what is isolated (names, sums, a line in another language with its own names in it) does
  // not count unless there is nothing else. A mark at the beginning says it outright.
  function direction(text) {
    if (/^[\u200e\u200f]/.test(text)) return text[0] === '\u200f' ? 'rtl' : 'ltr';
    let plain = text;
    for (let outer = ''; outer !== plain; ) {
      outer = plain;
      plain = plain.replace(/[\u2066-\u2068][^\u2066-\u2069]*\u2069/g, '');
    }
    for (const sample of [plain, text]) {
      const rtl = (sample.match(/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g) || []).length;
      const ltr = (sample.match(/[A-Za-z\u00c0-\u024f\u0370-\u052f]/g) || []).length;
      if (rtl || ltr) return rtl * 2 >= ltr ? 'rtl' : 'ltr';
    }
    return root.dir;
  }

  // -- the coach's html: b, i, code, blockquote, a and text, and nothing else ---------------------------------------

  const SAFE_TAGS = { B: 'b', I: 'i', CODE: 'code', BLOCKQUOTE: 'blockquote', A: 'a' };
  const SAFE_LINK = /^(https?:\/\/|tel:|mailto:)/i;
  const COMMAND = /(^|[^\w/.:])(\/[a-z_]{2,20})(?![\w/])/g; // Not a part of a path or an address.

  function safeLink(url) {
    return typeof url === 'string' && SAFE_LINK.test(url) ? url : null;
  }

  function pointTo(anchor, url) {
    anchor.href = url;
    if (/^https?:/i.test(url)) {
      anchor.target = '_blank';
      anchor.rel = 'noopener noreferrer';
    }
  }

  function copySafely(from, to, top) {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        let text = node.data;
        const isQuote = (sibling) => sibling && sibling.nodeName === 'BLOCKQUOTE';
        if (isQuote(node.previousSibling)) text = text.replace(/^\s*\n/, '');
        if (isQuote(node.nextSibling)) text = text.replace(/\n\s*$/, '');
        if (top && !node.previousSibling) text = text.trimStart();
        if (top && !node.nextSibling) text = text.trimEnd();
        if (top) paragraphs(text, to);
        else to.append(text);
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        const tag = SAFE_TAGS[node.nodeName];
        if (!tag) {
          copySafely(node, to, false);
          continue;
        }
        const element = make(tag);
        if (tag === 'a') {
          const url = safeLink(node.getAttribute('href'));
          if (url) pointTo(element, url);
        }
        copySafely(node, element, false);
        if (tag === 'blockquote') element.dir = direction(element.textContent);
        to.append(element);
      }
    }
  }

  function paragraphs(text, to) {
    text.split(/\n{2,}/).forEach((part, n) => {
      if (n) to.append(make('span', 'gap'));
      withCommands(part, to);
    });
  }

  // As in Telegram, a /command in the coach's words can be tapped.
  function withCommands(text, to) {
    let end = 0;
    for (const match of text.matchAll(COMMAND)) {
      const begin = match.index + match[1].length;
      to.append(text.slice(end, begin));
      const button = make('button', 'command', match[2]);
      button.type = 'button';
      button.dir = 'ltr';
      button.addEventListener('click', () => say(match[2]));
      to.append(button);
      end = begin + match[2].length;
    }
    to.append(text.slice(end));
  }

  function rich(html) {
    const parsed = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
    const fragment = document.createDocumentFragment();
    copySafely(parsed.body, fragment, true);
    return fragment;
  }

  // -- bubbles ---------------------------------------------------------------------------------------------------------

  const log = $('log');
  const lines = new Map(); // id -> {line, element}
  const locale = `${navigator.language.toLowerCase().startsWith(language) ? navigator.language : language}-u-nu-latn`;
  const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const days = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });

  function stamp(at) {
    const date = new Date(at);
    const time = make('time', 'time', hour.format(date));
    time.dateTime = date.toISOString();
    time.title = date.toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' });
    return time;
  }

  function fill(element, line) {
    const held = element.contains(document.activeElement);
    const bubble = make('div', 'bubble');
    const body = make('div', 'body');
    if (line.who === 'person') {
      const said = new DOMParser().parseFromString(line.html, 'text/html').body.textContent;
      body.textContent = texts.commands[said.trim()] || said || (line.document ? '' : texts.fileGone);
    } else {
      body.append(rich(line.html));
    }
    bubble.dir = direction(body.textContent);
    bubble.append(make('span', 'unseen', line.who === 'coach' ? texts.coachSaid : texts.personSaid));
    if (body.textContent.trim()) bubble.append(body);
    if (line.document) bubble.append(line.who === 'coach' && /\.png$/.test(line.document) ? picture(line) : fileCard(line));
    bubble.append(stamp(line.at));
    element.replaceChildren(bubble);
    if (line.who === 'coach' && line.buttons.length) element.append(keyboard(line, bubble.dir));
    if (held) (element.querySelector('.keyboard button, .keyboard a') || scroller).focus({ preventScroll: true });
  }

  function picture(line) {
    const link = make('a', 'picture');
    link.href = `/api/files/${encodeURIComponent(line.id)}`;
    link.download = line.document;
    const image = make('img');
    image.alt = texts.picture;
    image.src = link.href;
    image.addEventListener('load', () => reveal(true));
    link.append(image);
    return link;
  }

  function fileCard(line) {
    const card = make('a', 'file');
    card.href = `/api/files/${encodeURIComponent(line.id)}`;
    card.download = line.document;
    if (/\.(png|jpe?g|webp)$/i.test(line.document)) {
      const picture = make('img');
      picture.alt = line.document;
      picture.addEventListener('load', () => reveal(true));
      picture.src = card.href;
      card.classList.add('picture');
      card.append(picture);
      return card;
    }
    const round = make('span', 'file-icon');
    round.append(icon('file'));
    const about = make('span', 'file-about');
    const name = make('bdi', 'file-name', line.document);
    about.append(name, make('span', 'file-hint', texts.download));
    card.append(round, about);
    return card;
  }

  function keyboard(line, dir) {
    const board = make('div', 'keyboard');
    board.dir = dir;
    line.buttons.forEach((row, r) => {
      const cells = make('div', 'row');
      row.forEach((button, c) => {
        const key = keyOf(line, button, r, c);
        key.classList.add('key');
        cells.append(key);
      });
      board.append(cells);
    });
    return board;
  }

  function keyOf(line, button, row, column) {
    const label = make('span', 'label', button.text);
    label.dir = direction(button.text);
    const url = safeLink(button.url);
    if (url) {
      const anchor = make('a');
      pointTo(anchor, url);
      anchor.append(label, icon(/^tel:/i.test(url) ? 'phone' : 'link'));
      if (anchor.target) anchor.append(make('span', 'unseen', ` (${texts.newTab})`));
      return anchor;
    }
    const key = make('button');
    key.type = 'button';
    key.append(label);
    if (button.copy !== undefined) {
      key.append(icon('copy'));
      key.addEventListener('click', () => copy(button.copy, key, label));
    } else {
      key.addEventListener('click', () => tap(line, row, column, key));
    }
    return key;
  }

  function place(line, isNew) {
    const element = make('div', `line ${line.who}`);
    fill(element, line);
    if (isNew) element.classList.add('new');
    let before = null; // Nearly always the end; what was just sent from here stays below.
    for (let child = log.lastElementChild; child; child = child.previousElementSibling) {
      const known = child.dataset.at;
      if (known && known <= line.at) break;
      before = child;
    }
    element.dataset.at = line.at;
    log.insertBefore(element, before);
    lines.set(line.id, { line, element });
    return element;
  }

  // What depends on the neighbours: days, groups, and which buttons are the present ones.
  function arrange() {
    for (const old of log.querySelectorAll('.day')) old.remove();
    let day = '';
    let who = '';
    let previous = null;
    let present = null;
    for (const element of [...log.children]) {
      const date = new Date(element.dataset.at || Date.now());
      if (date.toDateString() !== day) {
        day = date.toDateString();
        log.insertBefore(daySign(date), element);
        who = '';
      }
      const mine = element.classList.contains('person') ? 'person' : 'coach';
      element.classList.toggle('first', mine !== who);
      if (previous) previous.classList.toggle('last', mine !== who);
      who = mine;
      previous = element;
      const board = element.querySelector('.keyboard');
      if (board) {
        if (present) present.classList.add('past');
        board.classList.remove('past');
        present = board;
      }
    }
    if (previous) previous.classList.add('last');
    $('welcome').hidden = !ready || log.childElementCount > 0 || waiting.size > 0;
    $('menu-button').hidden = !log.childElementCount;
  }

  function daySign(date) {
    const today = new Date();
    const before = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
    let text = days.format(date);
    if (date.toDateString() === today.toDateString()) text = texts.today;
    else if (date.toDateString() === before.toDateString()) text = texts.yesterday;
    const sign = make('div', 'day');
    sign.append(make('span', '', text));
    return sign;
  }

  // -- what the server tells -------------------------------------------------------------------------------------------

  let version = 0;
  let ready = false; // The history is on the page.
  let held = null; // A tap whose bubble waits for the answer: {update, line, bubble, timer}.
  const waiting = new Set(); // Updates that the coach has not answered yet.

  function take(items, isHistory) {
    const news = [];
    for (const item of items) {
      if (item.reset) {
        for (const { element } of lines.values()) element.remove();
        lines.clear();
        version = 0;
      } else {
        takeLine(item, isHistory, news);
      }
    }
    showOutbox();
    arrange();
    if (isHistory) reveal(true);
    else if (news.length) arrived(news);
  }

  function takeLine(line, isHistory, news) {
    version = Math.max(version, line.version);
    const known = lines.get(line.id);
    if (known && known.line.version >= line.version) return;
    if (line.deleted) {
      if (held && held.bubble && held.bubble.id === line.id) release(false);
      if (known) {
        known.element.remove();
        lines.delete(line.id);
      }
      return;
    }
    const update = updateOf(line);
    if (update) {
      const was = outbox.findIndex((item) => item.id === update);
      if (was >= 0) {
        outbox[was].element?.remove();
        outbox.splice(was, 1);
        saveOutbox();
      }
      if (held && held.update === update) {
        held.bubble = line;
        return;
      }
      if (!known) {
        const element = place(line, !isHistory && was < 0);
        if (!isHistory) anchor = null;
        if (!isHistory && was < 0) news.push(element);
        return;
      }
    } else if (!isHistory) {
      release(true);
      answered();
    }
    if (!known) {
      const element = place(line, !isHistory);
      if (!update && !isHistory) news.push(element);
      return;
    }
    const before = known.line;
    known.line = line;
    fill(known.element, line);
    if (line.at !== before.at) {
      known.element.remove();
      lines.delete(line.id);
      news.push(place(line, true));
    } else if (line.html !== before.html || JSON.stringify(line.buttons) !== JSON.stringify(before.buttons)) {
      flash(known.element);
      if (!update) news.push(known.element);
    }
  }

  function flash(element) {
    element.classList.remove('new', 'edited');
    void element.offsetWidth; // Starts the animation anew.
    element.classList.add('edited');
  }

  // A tap shows as a bubble of the person, unless its answer came into the bubble that was tapped.
  function release(show) {
    if (!held) return;
    const { bubble, timer } = held;
    clearTimeout(timer);
    held = null;
    if (show && bubble) {
      place(bubble, true);
      anchor = null;
      arrange();
      reveal(false);
    }
  }

  function answered() {
    waiting.clear();
    clearTimeout(silence);
    $('typing').hidden = true;
    clearTimeout(typingSoon);
    unpress();
  }

  let silence = 0;
  let typingSoon = 0;

  function awaitAnswer(update, afterwards) {
    waiting.add(update);
    clearTimeout(typingSoon);
    typingSoon = setTimeout(() => {
      if (!waiting.size) return;
      $('typing').hidden = false;
      reveal(false);
    }, afterwards);
    clearTimeout(silence);
    silence = setTimeout(async () => {
      if (!waiting.size) return;
      await poll();
      if (!waiting.size) return;
      answered();
      connect();
    }, SILENCE);
  }

  function giveUpOn(update) {
    waiting.delete(update);
    if (!waiting.size) answered();
  }

  // -- scrolling: stay with the newest, but never pull away what is being read ------------------------------------

  const scroller = $('scroll');
  let follows = true;
  let touched = 0;
  let lastTop = 0;
  let unread = 0;
  let anchor = null; // The first bubble of the answer: it must not be scrolled out at the top.

  for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
    scroller.addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
  }

  function distance() {
    return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  }

  scroller.addEventListener('scroll', () => {
    if (distance() < 48) {
      follows = true;
      unread = 0;
    } else if (scroller.scrollTop < lastTop - 2 && Date.now() - touched < 1500) {
      follows = false;
    }
    lastTop = scroller.scrollTop;
    showLatest();
  }, { passive: true });

  function showLatest() {
    const far = log.childElementCount > 0 && distance() > (unread ? 48 : scroller.clientHeight * 0.4);
    $('latest').hidden = !far;
    $('unread').hidden = !unread;
    $('unread').textContent = unread;
    $('latest').setAttribute('aria-label', unread ? `${texts.latest} (${texts.unread(unread)})` : texts.latest);
  }

  function reveal(atOnce) {
    if (!follows) return showLatest();
    let top = scroller.scrollHeight - scroller.clientHeight;
    if (anchor && anchor.isConnected) top = Math.min(top, anchor.offsetTop - 12);
    if (Math.abs(top - scroller.scrollTop) > 1) {
      scroller.scrollTo({ top, behavior: atOnce || calm.matches ? 'auto' : 'smooth' });
    }
    showLatest();
  }

  function arrived(news) {
    const fromCoach = news.filter((element) => element.classList.contains('coach'));
    if (!anchor && fromCoach.length) anchor = fromCoach[0];
    const edited = fromCoach.find((element) => element.classList.contains('edited'));
    if (edited) anchor = edited;
    if (!follows) unread += fromCoach.length;
    if (document.hidden) unseen += fromCoach.length;
    showTitle();
    reveal(false);
  }

  $('latest').addEventListener('click', () => {
    follows = true;
    anchor = null;
    unread = 0;
    reveal(false);
  });

  let unseen = 0;
  const title = document.title;

  function showTitle() {
    document.title = unseen ? `(${unseen}) ${title}` : title;
  }

  // -- sending -----------------------------------------------------------------------------------------------------------

  let outbox = []; // What the person wrote and the transcript does not show yet: {id, text, state, note, element}.
  let pumping = false;

  function saveOutbox() {
    const kept = outbox.filter((item) => item.state !== 'sent' && !item.file).map(({ id, text }) => ({ id, text }));
    try {
      if (kept.length) sessionStorage.setItem(OUTBOX, JSON.stringify(kept));
      else sessionStorage.removeItem(OUTBOX);
    } catch { /* Private windows may forbid it: then a reload forgets what was not sent. */ }
  }

  function loadOutbox() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(OUTBOX) || '[]');
      outbox = kept.map(({ id, text }) => ({ id, text, state: 'failed', note: '' }));
    } catch {
      outbox = [];
    }
  }

  function say(text, file, album = '') {
    hideNotice();
    follows = true;
    anchor = null;
    const item = { id: uuid(), text, file, album, state: 'sending', note: '' };
    outbox.push(item);
    saveOutbox();
    awaitAnswer(item.id, 350);
    showOutbox();
    arrange();
    reveal(false);
    pump();
  }

  async function pump() {
    if (pumping) return;
    pumping = true;
    for (;;) {
      const item = outbox.find((one) => one.state === 'sending');
      if (!item) break;
      const answer = await (item.file ? upload(item) : post('/api/messages', { id: item.id, text: item.text }));
      if (answer.ok) {
        item.state = 'sent';
        if (item.text === '/start') outbox = outbox.filter((one) => one !== item);
      } else {
        item.state = 'failed';
        item.note = answer.message;
        item.again = answer.status === 0;
        giveUpOn(item.id);
        if (item.text === '/start') {
          outbox = outbox.filter((one) => one !== item);
          notice(answer.message);
        }
        if (answer.status === 0 || answer.status >= 500) {
          for (const later of outbox.filter((one) => one.state === 'sending')) {
            Object.assign(later, { state: 'failed', note: answer.message, again: item.again });
            giveUpOn(later.id);
          }
        }
      }
      saveOutbox();
      showOutbox();
      arrange();
      reveal(false);
    }
    pumping = false;
  }

  function again(item) {
    item.state = 'sending';
    item.note = '';
    follows = true;
    awaitAnswer(item.id, 350);
    showOutbox();
    pump();
  }

  // After a break we send by ourselves what only the connection kept back: the id makes a second try harmless.
  function sendKept() {
    for (const item of outbox) if (item.state === 'failed' && item.again) again(item);
  }

  function showOutbox() {
    for (const item of outbox) {
      if (item.text === '/start') continue;
      if (!item.element) {
        item.element = make('div', 'line person pending new');
        item.at = new Date();
        log.append(item.element);
      }
      if (item.shown === item.state) continue;
      item.shown = item.state;
      const bubble = make('div', 'bubble');
      const said = item.file ? `📎 ${item.file.name}\n${item.text}`.trim() : item.text;
      const body = make('div', 'body', texts.commands[said] || said);
      bubble.dir = direction(body.textContent);
      bubble.append(make('span', 'unseen', texts.personSaid), body);
      const time = stamp(item.at);
      if (item.state === 'sending') time.prepend(icon('wait'), make('span', 'unseen', texts.sending));
      bubble.append(time);
      item.element.replaceChildren(bubble);
      item.element.classList.toggle('failed', item.state === 'failed');
      if (item.state === 'failed') item.element.append(failure(item));
    }
  }

  function failure(item) {
    const box = make('div', 'failure');
    box.setAttribute('role', 'alert');
    box.append(make('span', '', `${texts.notSent} ${item.note}`.trim()));
    const retry = make('button', 'text-button', texts.retry);
    retry.type = 'button';
    retry.addEventListener('click', () => again(item));
    const change = make('button', 'text-button', texts.change);
    change.type = 'button';
    change.addEventListener('click', () => {
      item.element.remove();
      outbox = outbox.filter((one) => one !== item);
      saveOutbox();
      field.value = field.value ? `${item.text}\n${field.value}` : item.text;
      typed();
      field.focus();
      arrange();
    });
    box.append(retry, change);
    return box;
  }

  const post = (path, body) => send(path, { 'content-type': 'application/json' }, JSON.stringify(body), 20000);

  // What is personal goes in headers: addresses stand in logs.
  const upload = ({ id, text, file, album }) => send('/api/uploads', {
    'content-type': 'application/octet-stream',
    'x-update': id,
    'x-name': encodeURIComponent(file.name.slice(-100)),
    'x-caption': encodeURIComponent(text),
    ...(album && { 'x-album': album }),
  }, file, 120000);

  async function send(path, headers, body, patience) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), patience);
    try {
      const response = await fetch(path, { method: 'POST', headers, body, signal: controller.signal });
      const answer = await response.json().catch(() => ({}));
      if (response.status === 401) stranger(answer.message);
      return { ok: response.ok, status: response.status, message: answer.message || '' };
    } catch {
      return { ok: false, status: 0, message: texts.noConnection };
    } finally {
      clearTimeout(timer);
    }
  }

  // -- taps and copies -----------------------------------------------------------------------------------------------------

  const tries = new Map(); // The update of a tap that did not get through, so that tapping again is the same tap.

  async function tap(line, row, column, key) {
    if (document.querySelector('.key.pressed')) return;
    hideNotice();
    release(true);
    follows = true;
    anchor = null;
    key.classList.add('pressed');
    key.setAttribute('aria-busy', 'true');
    const name = `${line.id} ${line.version} ${row} ${column}`;
    const update = tries.get(name) || uuid();
    tries.set(name, update);
    held = { update, bubble: null, timer: setTimeout(() => release(true), HOLD) };
    awaitAnswer(update, HOLD);
    const answer = await post('/api/taps', { id: update, line: line.id, row, column });
    if (answer.ok) {
      tries.delete(name);
      return;
    }
    if (held && held.update === update) release(false);
    giveUpOn(update);
    unpress();
    notice(answer.message && answer.status ? answer.message : texts.tapFailed);
  }

  function unpress() {
    for (const key of document.querySelectorAll('.key.pressed')) {
      key.classList.remove('pressed');
      key.removeAttribute('aria-busy');
    }
  }

  async function copy(text, key, label) {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      done = copyByHand(text);
    }
    if (!done) {
      notice(`${texts.copyFailed}\n${text}`, true);
      return;
    }
    announce(texts.copied);
    if (key.classList.contains('copied')) return;
    const before = label.textContent;
    const was = key.querySelector('.icon');
    const tick = icon('done');
    label.textContent = texts.copied;
    key.classList.add('copied');
    was.replaceWith(tick);
    setTimeout(() => {
      label.textContent = before;
      key.classList.remove('copied');
      tick.replaceWith(was);
    }, 1800);
  }

  // Without https there is no clipboard API.
  function copyByHand(text) {
    const focused = document.activeElement;
    const area = make('textarea', 'unseen');
    area.value = text;
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } catch { /* Then the person copies it. */ }
    area.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }

  // -- notices -----------------------------------------------------------------------------------------------------------

  let noticeTimer = 0;

  function notice(text, stays) {
    $('notice').textContent = text;
    $('notice').hidden = !text;
    clearTimeout(noticeTimer);
    noticeTimer = setTimeout(hideNotice, stays ? 30000 : 7000);
    reveal(false);
  }

  function hideNotice() {
    $('notice').hidden = true;
  }

  function announce(text) {
    $('status').textContent = '';
    setTimeout(() => { $('status').textContent = text; }, 50);
  }

  // -- the connection ------------------------------------------------------------------------------------------------------

  let stream = null;
  let streamReady = false;
  let failures = 0;
  let retryTimer = 0;
  let watch = 0;
  let bannerTimer = 0;

  function connect() {
    clearTimeout(retryTimer);
    clearTimeout(watch);
    stream?.close();
    const mine = new EventSource(`/api/events?since=${version}`);
    stream = mine;
    streamReady = false;
    const queue = [];
    const current = () => stream === mine;
    mine.addEventListener('reset', () => {
      if (!current()) return;
      if (streamReady) take([{ reset: true }], false);
      else queue.push({ reset: true });
    });
    mine.addEventListener('line', (event) => {
      if (!current()) return;
      if (streamReady) take([JSON.parse(event.data)], false);
      else queue.push(JSON.parse(event.data));
    });
    mine.addEventListener('ready', () => {
      if (!current()) return;
      streamReady = true;
      failures = 0;
      clearTimeout(watch);
      caughtUp(queue);
    });
    mine.addEventListener('error', () => { if (current()) broken(); });
    watch = setTimeout(() => { if (current() && !streamReady) broken(); }, 10000);
  }

  function caughtUp(items) {
    const isHistory = !ready;
    ready = true;
    try {
      sessionStorage.removeItem(RELOADED);
    } catch { /* Not kept either. */ }
    take(items, isHistory);
    if (isHistory) setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
    isOnline(true);
    sendKept();
  }

  async function broken() {
    stream.close();
    streamReady = false;
    clearTimeout(watch);
    failures += 1;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, Math.min(15000, 500 * 2 ** failures));
    // Some proxies let no stream through: then we ask every few seconds, and try the stream again now and then.
    if (failures >= 2 && (await poll()) && !streamReady) {
      clearTimeout(retryTimer);
      retryTimer = setTimeout(failures % 20 ? () => broken() : connect, 3000);
    } else if (!streamReady) {
      isOnline(false);
    }
  }

  async function poll() {
    try {
      for (;;) {
        const response = await fetch(`/api/lines?since=${version}`, { cache: 'no-store' });
        const news = await response.json();
        if (response.status === 401) stranger(news.message);
        if (!response.ok) return false;
        caughtUp(news.reset ? [{ reset: true }, ...news.lines] : news.lines);
        version = Math.max(version, news.version);
        if (!news.more) return true;
      }
    } catch {
      return false;
    }
  }

  function isOnline(online) {
    const banner = $('banner-inner');
    if (online) {
      clearTimeout(bannerTimer);
      bannerTimer = 0;
      if (!banner.hidden) announce(texts.online);
      banner.hidden = true;
    } else if (!bannerTimer) {
      bannerTimer = setTimeout(() => { banner.hidden = false; }, navigator.onLine ? 3000 : 300);
    }
  }

  // The cookie is gone or no longer ours: the page gives a new one. Once; if that does not help, we say so.
  function stranger(message) {
    try {
      if (!sessionStorage.getItem(RELOADED)) {
        sessionStorage.setItem(RELOADED, '1');
        location.reload();
        return;
      }
    } catch { /* Then we only say so. */ }
    notice(message, true);
  }

  $('try-now').addEventListener('click', connect);
  addEventListener('online', connect);
  addEventListener('offline', () => isOnline(false));
  addEventListener('pageshow', (event) => { if (event.persisted) connect(); });

  let hiddenAt = 0;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      return;
    }
    unseen = 0;
    showTitle();
    if (Date.now() - hiddenAt > 30000 || !streamReady) connect(); // Phones let streams of hidden pages die silently.
  });

  // -- the composer ----------------------------------------------------------------------------------------------------------

  const field = $('text');
  const composer = $('composer');

  function typed() {
    const empty = !field.value.trim();
    $('send').setAttribute('aria-disabled', String(empty));
    if (field.value) field.dir = direction(field.value);
    else field.removeAttribute('dir');
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, Math.round(innerHeight * 0.35))}px`;
    if (follows) reveal(true);
  }

  field.addEventListener('input', typed);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      composer.requestSubmit();
    }
  });

  composer.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return field.focus();
    if ([...text].length > TEXT_LIMIT) return notice(texts.tooLong);
    field.value = '';
    typed();
    field.focus({ preventScroll: true });
    say(text);
  });

  // -- photos and documents ----------------------------------------------------------------------------------------------

  async function attach(files) {
    const text = field.value.trim();
    const album = files.length > 1 ? uuid() : ''; // What is sent in one go gets one answer.
    for (const [number, chosen] of [...files].entries()) {
      const file = await smaller(chosen);
      if (file.size > FILE_LIMIT) {
        notice(texts.fileTooLarge);
      } else {
        say(number ? '' : text, file, album); // What is written goes with the first of them.
        if (!number) field.value = '';
        typed();
      }
    }
  }

  // A large photo, redrawn: small enough to send, upright, and without the place where it was taken.
  async function smaller(file) {
    if (!file.type.startsWith('image/') || (file.type === 'image/png' && file.size < FINE)) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = make('canvas');
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const drawn = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.85); });
      return new File([drawn], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
    } catch {
      return file; // The browser cannot read it; perhaps we can.
    }
  }

  $('attach').addEventListener('click', () => $('files').click());
  $('files').addEventListener('change', async () => {
    await attach($('files').files);
    $('files').value = '';
  });
  field.addEventListener('paste', (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    attach(event.clipboardData.files);
  });

  $('send').addEventListener('pointerdown', (event) => event.preventDefault()); // Keeps the phone's keyboard open.
  $('start').addEventListener('click', () => say('/start'));

  // -- the menu ----------------------------------------------------------------------------------------------------------------

  const menu = $('menu');
  const menuButton = $('menu-button');

  function openMenu(open) {
    menu.hidden = !open;
    menuButton.setAttribute('aria-expanded', String(open));
    if (open) menu.firstElementChild.focus();
  }

  for (const [command, label] of Object.entries(texts.commands)) {
    const item = make('button', '', label);
    item.type = 'button';
    item.addEventListener('click', () => {
      openMenu(false);
      say(command);
    });
    menu.append(item);
  }

  menuButton.addEventListener('click', () => openMenu(menu.hidden));
  document.addEventListener('click', (event) => {
    if (!menu.hidden && !event.target.closest('.menu')) openMenu(false);
  });
  document.addEventListener('keydown', (event) => {
    if (menu.hidden) return;
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    if (event.key === 'Escape') {
      openMenu(false);
      menuButton.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      items[(at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length].focus();
    } else if (event.key === 'Tab') {
      openMenu(false);
    }
  });

  // -- the keyboard of a phone covers the page; iOS does not shrink it by itself -------------------------------------

  if (window.visualViewport) {
    const fit = () => {
      root.style.setProperty('--height', `${Math.round(visualViewport.height)}px`);
      if (visualViewport.scale === 1) scrollTo(0, 0);
      reveal(true);
    };
    visualViewport.addEventListener('resize', fit);
  }
  addEventListener('resize', () => reveal(true));

  // -- begin -------------------------------------------------------------------------------------------------------------------

  for (const element of document.querySelectorAll('[data-text]')) element.textContent = texts[element.dataset.text];
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', texts[element.dataset.label]);
  }
  field.placeholder = texts[field.dataset.placeholder];
  loadOutbox();
  showOutbox();
  typed();
  if (matchMedia('(pointer: fine)').matches) field.focus();
  connect();
})();
