postMessage('works')
