import { useParams } from 'react-router'
export function Component() { return <h1>User {useParams().name}</h1> }
