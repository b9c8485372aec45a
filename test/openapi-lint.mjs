// The description of the API under the rules of a linter: openapi-lint.mjs FILE. Ends with `N passed, N failed`.
import fs from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const file = process.argv[2];
const config = await createConfig({
  extends: ['recommended'],
  rules: { 'operation-2xx-response': 'off' }, // a form is answered by 303, to the page of what it changed
});
const source = fs.readFileSync(file, 'utf8');
const problems = await lintFromString({ source, absoluteRef: file, config });
for (const p of problems) console.log(`FAILED ${p.ruleId}: ${p.message} ${p.location?.[0]?.pointer ?? ''}`);
const operations = Object.values(JSON.parse(source).paths).flatMap(Object.values).length;
console.log(`${operations - Math.min(problems.length, operations)} passed, ${problems.length} failed`);
