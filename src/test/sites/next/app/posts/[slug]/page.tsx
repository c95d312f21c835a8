import Link from "next/link";
export function generateStaticParams() { return [{ slug: "first" }, { slug: "second" }]; }
export default async function Post({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <main><h1>Post {slug}</h1><Link href="/about">About</Link></main>;
}
