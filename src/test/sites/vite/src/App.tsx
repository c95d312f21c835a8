import { Link, Outlet } from 'react-router'
import hero from './assets/hero.png'

export default function App() {
  return (
    <main style={{ fontFamily: 'Inter' }}>
      <nav><Link to="/">Home</Link> <Link to="/about">About</Link> <Link to="/users/ada.lovelace">Ada</Link></nav>
      <img src={hero} width="170" height="179" alt="" />
      <Outlet />
    </main>
  )
}
