const UNRELEASED = /^## \[Unreleased\]\n([^]*?)(?=^## \[|(?![^]))/m;

/**
 * Moves the unreleased changes of a changelog under a version, and leaves the unreleased section empty. Throws Error when
 * there are no unreleased changes.
 */
export function releaseChangelog(
  changelog: string,
  { version, date }: { version: string; date: string },
): string {
  const notes = UNRELEASED.exec(changelog)?.[1]?.trim();
  if (!notes) throw new Error('CHANGELOG.md has nothing under [Unreleased]');
  return (
    changelog
      .replace(UNRELEASED, () => `## [Unreleased]\n\n## [${version}] - ${date}\n\n${notes}\n\n`)
      .trimEnd() + '\n'
  );
}
