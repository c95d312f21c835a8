import { LitElement, html } from 'lit'
import hero from './hero.png'

class Counter extends LitElement {
  static properties = { count: { type: Number } }
  constructor() {
    super()
    this.count = 0
  }
  render() {
    return html`<img src=${hero} alt=""><button @click=${() => this.count++}>${this.count}</button>`
  }
}
customElements.define('my-counter', Counter)
