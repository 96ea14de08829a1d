/** Only this server: the page works offline, and cannot leak data to others. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** GraphiQL's page; `base` is the path its assets are served under. */
export function page(base: string): string {
  const script = (name: string): string => `<script src="${base}/${name}"></script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphQL playground</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}/graphiql.css">
<style>body { margin: 0 } #playground { height: 100vh }</style>
</head>
<body>
<div id="playground">Loading…</div>
${['react.js', 'react-dom.js', 'graphiql.js', 'start.js'].map(script).join('\n')}
</body>
</html>
`;
}
