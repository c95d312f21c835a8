import { Component } from '@angular/core'

@Component({ selector: 'app-about', template: `<h1>About page</h1>`, styles: `h1 { color: teal }` })
export class About {}
