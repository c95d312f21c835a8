import { Component, inject } from '@angular/core'
import { ActivatedRoute } from '@angular/router'

@Component({ selector: 'app-user', template: `<h1>User {{ name }}</h1>` })
export class User { name = inject(ActivatedRoute).snapshot.paramMap.get('name') }
