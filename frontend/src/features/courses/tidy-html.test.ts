import { expect, it } from 'vitest'
import { tidyMarkup } from './tidy-html'

it.each([
  ['Hello <b>world</b>', '<p>Hello <b>world</b></p>'],
  [
    '<p>One</p>loose <i>words</i><ul><li>Two</li></ul>',
    '<p>One</p><p>loose <i>words</i></p><ul><li>Two</li></ul>',
  ],
  [
    '<div><div><h1 class="x" onclick="y()">Big</h1></div><div>Text</div></div>',
    '<h2>Big</h2><p>Text</p>',
  ],
  [
    '<a href="https://example.org" target="_blank">a</a>',
    '<p><a href="https://example.org">a</a></p>',
  ],
  ['<a href="javascript:alert(1)">a</a>', '<p>a</p>'],
  ['<script>alert(1)</script><style>p{}</style><img src="x" onerror="y()">', ''],
  ['<p><br></p><p> </p>', ''],
])('%s becomes %s', (html, tidy) => {
  expect(tidyMarkup(html)).toBe(tidy)
})
