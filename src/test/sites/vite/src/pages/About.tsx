export function Component() { return <h1>About page</h1> }
