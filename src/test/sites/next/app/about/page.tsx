import Link from "next/link";
export const metadata = { title: "About" };
export default function About() { return <main><h1>About page</h1><Link href="/">Home</Link> <Link href="/posts/first">First</Link></main>; }
