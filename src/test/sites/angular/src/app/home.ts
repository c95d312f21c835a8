import { Component, signal } from '@angular/core'

@Component({ selector: 'app-home', template: `<h1>Home page</h1><img src="hero.png" alt="" /><button (click)="count.set(count() + 1)">{{ count() }}</button>` })
export class Home { count = signal(0) }
