addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(clients.claim()))
addEventListener('fetch', event => {
  if (new URL(event.request.url).pathname === '/by-service-worker') {
    event.respondWith(new Response('works'))
  }
})
