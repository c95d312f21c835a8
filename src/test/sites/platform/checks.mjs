import { answer } from 'mapped'

const event = (target, name) => new Promise((resolve, reject) => {
  target.addEventListener(name, resolve, { once: true })
  target.addEventListener('error', () => reject(new Error(`no ${name}`)), { once: true })
})
const text = (path, options) => fetch(path, options).then(response => response.text()).then(text => text.trim())
const fromWorker = worker => event(worker, 'message').then(message => message.data)

/** Each has what PlatformIT expects as its answer. */
const checks = {
  'inline script': () => window.inline,
  'import map': () => answer,
  'module': () => import('/module.mjs').then(module => module.answer),
  'JSON module': () => import('/data.json', { with: { type: 'json' } }).then(module => module.default.answer),
  'CSS module': () => import('/style.css', { with: { type: 'css' } }).then(module => module.default.cssRules.length),
  'WebAssembly': () => WebAssembly.instantiateStreaming(fetch('/empty.wasm')).then(result => String(result.instance)),
  'worker': () => fromWorker(new Worker('/worker.mjs', { type: 'module' })),
  'worker of a blob': () => fromWorker(new Worker(URL.createObjectURL(new Blob(["postMessage('works')"])))),
  'service worker': async () => {
    const registration = await navigator.serviceWorker.register('/service-worker.js')
    await navigator.serviceWorker.ready
    await registration.update()
    return text('/by-service-worker')
  },
  'image': () => Object.assign(new Image(), { src: '/image.svg' }).decode().then(() => 'decoded'),
  'frame': async () => {
    const frame = document.getElementById('frame')
    if (frame.contentDocument?.readyState !== 'complete' || frame.contentWindow.location.href === 'about:blank') {
      await event(frame, 'load')
    }
    return frame.contentDocument.title
  },
  'seeking in a recording': async () => {
    const audio = document.getElementById('audio')
    audio.src = '/recording.wav'
    await event(audio, 'loadedmetadata')
    audio.currentTime = audio.duration - 1
    await event(audio, 'seeked')
    return Math.round(audio.duration)
  },
  'captions': async () => {
    const track = document.getElementById('track')
    track.track.mode = 'showing'
    if (track.readyState < 2) await event(track, 'load')
    return track.track.cues[0].text
  },
  'folder': () => fetch('/folder?a=b').then(response => new URL(response.url).pathname + new URL(response.url).search),
  'name to encode': () => text('/' + encodeURIComponent('a b & 100%.txt')),
  // What a browser leaves as it is in a path and in a query: https://url.spec.whatwg.org/#percent-encoded-bytes
  'path of odd characters': () => text("/[a]|!$&'()*+,;=:@-._~.txt"),
  'query of odd characters': () => fetch("/data.json?[a]|!$&'()*+,;=:@-._~/?{}^`\\%%zz%").then(response => response.status),
  'many at once': () => Promise.all(Array.from({ length: 300 }, (_, i) => text(`/data.json?${i}`, { cache: 'no-store' })))
    .then(answers => new Set(answers).size),
  'downloads that are broken off': async () => {
    for (let i = 0; i < 20; i++) {
      const controller = new AbortController()
      const response = await fetch('/recording.wav', { signal: controller.signal, cache: 'no-store' })
      await response.body.getReader().read()
      controller.abort()
    }
    return text('/data.json', { cache: 'no-store' })
  },
  'many cookies': async () => {
    const names = ['a', 'b', 'c']
    names.forEach(name => { document.cookie = `${name}=${'x'.repeat(4000)}; secure` })
    const status = await fetch('/data.json', { cache: 'no-store' }).then(response => response.status)
    names.forEach(name => { document.cookie = `${name}=; max-age=0; secure` })
    return status
  },
  'HEAD': () => fetch('/data.json', { method: 'HEAD' }).then(response => response.headers.get('content-type')),
}

const lines = []
for (const [name, check] of Object.entries(checks)) {
  lines.push(`${name}: ${await Promise.resolve().then(check).catch(error => error)}`)
}
window.answers = lines.join('\n')
