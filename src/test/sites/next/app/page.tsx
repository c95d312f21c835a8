import Image from "next/image";
import Link from "next/link";

export default function Home() {
  return (
    <main>
      <h1>Home page</h1>
      <Image src="/hero.png" alt="" width={170} height={179} priority />
      <Link href="/about">About</Link>
    </main>
  );
}
