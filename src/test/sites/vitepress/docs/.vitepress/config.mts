import { defineConfig } from 'vitepress'
export default defineConfig({
  title: 'Example',
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: '/favicon.svg' }]],
  themeConfig: {
    search: { provider: 'local' },
    nav: [{ text: 'Home', link: '/' }, { text: 'Guide', link: '/guide/' }, { text: 'About', link: '/about' }],
    sidebar: [{ text: 'Guide', items: [{ text: 'Start', link: '/guide/start' }, { text: 'About', link: '/about' }] }],
  },
})
