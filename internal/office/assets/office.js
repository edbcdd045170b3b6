// Passkeys: signing in, enrolling one, and touching one to confirm a decision. Everything else works without scripts.
'use strict';

const bytes = (text) => {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

// ask posts to the office and returns its answer.
async function ask(path, body, type) {
  const answer = await fetch(path, { method: 'POST', body, headers: type ? { 'Content-Type': type } : {} });
  if (answer.status === 401 && path.startsWith('/confirm/')) { // the session has ended
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
    await new Promise(() => {}); // until that page is there
  }
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

const finish = (path, value) => ask(path, JSON.stringify(value), 'application/json');

// touched asks the browser for an assertion by a passkey, as the office's options say.
async function touched({ publicKey }) {
  const key = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: (publicKey.allowCredentials || []).map((one) => ({ ...one, id: bytes(one.id) })),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = key.response;
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : undefined,
    },
  };
}

// made asks the browser for a new passkey, as the office's options say.
async function made({ publicKey }) {
  const key = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: (publicKey.excludeCredentials || []).map((one) => ({ ...one, id: bytes(one.id) })),
    },
  });
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: {
      attestationObject: text(key.response.attestationObject),
      clientDataJSON: text(key.response.clientDataJSON),
      transports: key.response.getTransports ? key.response.getTransports() : [],
    },
  };
}

// tried does something with a passkey, and shows that it failed where it did.
async function tried(work) {
  const failed = document.querySelector('[data-passkey-error]');
  if (failed) failed.hidden = true;
  try {
    await work();
  } catch (error) {
    console.warn(error.message);
    if (!failed) return;
    failed.hidden = false;
    failed.tabIndex = -1;
    failed.focus();
  }
}

// confirmed touches a passkey for a decision.
async function confirmed(subject) {
  const options = await ask('/confirm/begin', new URLSearchParams({ subject }));
  await finish('/confirm/finish', await touched(options));
}

for (const button of document.querySelectorAll('[data-passkey]')) {
  button.addEventListener('click', () => tried(async () => {
    if (button.dataset.passkey === 'enrol') {
      if (button.dataset.subject) await confirmed(button.dataset.subject);
      const { to } = await finish('/passkeys/finish', await made(await ask('/passkeys/begin')));
      location.assign(document.documentElement.lang === 'cy' ? `/cy${to}` : to);
      return;
    }
    const next = encodeURIComponent(button.dataset.next);
    const { to } = await finish(`/sign-in/finish?next=${next}`, await touched(await ask('/sign-in/begin')));
    location.assign(to);
  }));
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll('form[method="post"]')) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    if (!form.dataset.confirm) return;
    event.preventDefault();
    tried(async () => {
      try {
        await confirmed(form.dataset.confirm);
      } catch (error) {
        sent = false;
        throw error;
      }
      form.submit();
    });
  });
  window.addEventListener('pageshow', () => { sent = false; });
}

// A file that is too large is refused before it is sent.
for (const input of document.querySelectorAll('input[data-most]')) {
  input.addEventListener('change', () => {
    const large = input.files[0] && input.files[0].size > Number(input.dataset.most);
    input.setCustomValidity(large ? input.dataset.large : '');
    if (large) input.reportValidity();
  });
}

const problems = document.querySelector('[data-problems]');
if (problems) problems.focus();
