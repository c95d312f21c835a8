export function Component() { return <h1>Home page</h1> }
