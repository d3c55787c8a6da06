// Shows mails and text messages and looks for new ones every two seconds while the page is visible. Everything in them is set as text.
const list = document.querySelector('#mails');
const status = document.querySelector('#status');
const template = document.querySelector('#mail');
const shown = new Set();

const timeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function createItem(mail) {
  const item = template.content.cloneNode(true).querySelector('li');
  const part = (selector) => item.querySelector(selector);
  part('h2').textContent = mail.kind === 'text_message' ? 'Text message' : mail.subject;
  part('.recipient').textContent = `To ${mail.recipient}`;
  part('time').textContent = timeFormat.format(mail.created_at);
  part('time').dateTime = new Date(mail.created_at).toISOString();
  part('pre').textContent = mail.text.trim();
  const code = /^\d{6}\b/m.exec(mail.text)?.[0];
  if (code) {
    part('output').textContent = code;
    part('button').addEventListener('click', (event) => copy(code, event.currentTarget));
  } else {
    part('.code').remove();
  }
  return item;
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    // No permission: mark it, so that one key press copies it.
    getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => (button.textContent = 'Copy code'), 2000);
}

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

async function refresh() {
  try {
    const answer = await fetch('/inbox/mails');
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const mails = await answer.json();
    // Oldest first, each put in front: what is shown already stays untouched, selection and all.
    for (const mail of mails.reverse()) {
      if (shown.has(mail.id)) continue;
      shown.add(mail.id);
      list.prepend(createItem(mail));
    }
    say(
      shown.size
        ? `${shown.size} ${shown.size === 1 ? 'message' : 'messages'}`
        : 'No messages yet. Sign up with an address of your own, or ask for a code.',
    );
  } catch {
    say('The local API does not answer. Trying again…');
  }
}

async function keepRefreshing() {
  if (document.visibilityState === 'visible') await refresh();
  setTimeout(keepRefreshing, 2000);
}

document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && refresh());
keepRefreshing();
