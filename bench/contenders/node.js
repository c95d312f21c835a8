// A plain node:http server that opens and streams the file for each request, in two processes.
//
//   node node.js PORT FOLDER

const cluster = require('node:cluster');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const [port, folder] = process.argv.slice(2);
const types = { '.html': 'text/html', '.svg': 'image/svg+xml', '.ico': 'image/x-icon' };

function serve(request, response) {
  const name = path.join(folder, request.url === '/' ? 'index.html' : path.normalize(request.url));
  const file = fs.createReadStream(name);
  file.on('open', () => {
    response.writeHead(200, { 'Content-Type': types[path.extname(name)] ?? 'application/octet-stream' });
    file.pipe(response);
  });
  file.on('error', () => response.writeHead(404).end());
}

if (cluster.isPrimary) {
  cluster.fork();
  cluster.fork();
} else {
  http.createServer(serve).listen(Number(port), '127.0.0.1');
}
