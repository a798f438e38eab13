using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Spec;

[TestFixture]
public sealed class PathGlobTests
{
    [TestCase("README.md", "README.md", true)]
    [TestCase("README.md", "readme.md", false)]
    [TestCase("README.md", "docs/README.md", false)]
    [TestCase("*", "README.md", true)]
    [TestCase("*", "docs/README.md", false)]
    [TestCase("*", ".gitignore", true)]
    [TestCase("**", ".github/workflows/ci.yml", true)]
    [TestCase("docs/*", "docs/a.md", true)]
    [TestCase("docs/*", "docs/a/b.md", false)]
    [TestCase("docs/**", "docs/a/b.md", true)]
    [TestCase("docs/**", "docs", false)]
    [TestCase("docs/**", "old-docs/a.md", false)]
    [TestCase("docs", "docs/a.md", false)]
    [TestCase("*.js", "src/a.js", false)]
    [TestCase("**.js", "src/lib/a.js", true)]
    [TestCase("**.js", "a.js", true)]
    [TestCase("**/*.js", "a.js", true)]
    [TestCase("**/*.js", "src/lib/a.js", true)]
    [TestCase("**/README.md", "README.md", true)]
    [TestCase("**/README.md", "js/README.md", true)]
    [TestCase("**/README.md", "OLD-README.md", false)]
    [TestCase("**/docs/**", "docs/hello.md", true)]
    [TestCase("**/docs/**", "dir/docs/my-file.txt", true)]
    [TestCase("**/docs/**", "dir/my-docs/file.txt", false)]
    [TestCase("**/*src/**", "my-src/code/js/app.js", true)]
    [TestCase("**/*-post.md", "path/their-post.md", true)]
    [TestCase("**/migrate-*.sql", "db/sept/migrate-v1.sql", true)]
    [TestCase("a/**/b", "a/b", true)]
    [TestCase("a/**/b", "a/x/y/b", true)]
    [TestCase("a/**/b", "a/xb", false)]
    [TestCase("a/**/**/b", "a/b", true)]
    [TestCase("a**b", "a/x/b", true)]
    [TestCase("a***b", "a/x/b", true)]
    [TestCase("file?.txt", "file1.txt", true)]
    [TestCase("file?.txt", "file.txt", false)]
    [TestCase("a?b", "a/b", false)]
    [TestCase("a?b", "a🚀b", true)]
    [TestCase("größe/*", "größe/日本", true)]
    [TestCase("a+b(c).md", "a+b(c).md", true)]
    [TestCase("*", "a\nb", true)]
    public void IsMatch_OfAPath_IsTheGlobs(string glob, string path, bool expected) =>
        Assert.That(new PathGlob(glob).IsMatch(path), Is.EqualTo(expected));

    [Test]
    public void IsMatch_OfTheLongestGlob_LooksAtAllOfIt()
    {
        var glob = new PathGlob("?" + new string('a', PathGlob.MaxLength - 1));

        Assert.That(glob.IsMatch(new string('a', PathGlob.MaxLength)), Is.True);
        Assert.That(glob.IsMatch(new string('a', PathGlob.MaxLength - 1)), Is.False);
        Assert.That(glob.IsMatch(new string('a', PathGlob.MaxLength + 1)), Is.False);
    }

    // Of globs and paths of few characters, many match.
    [Test]
    public void IsMatch_OfAnything_IsWhatARegularExpressionSays() =>
        Gen.Select(TextOf("ab/*?*"), TextOf("ab/").Array[1, 20]).Sample(
            (glob, paths) =>
            {
                var (own, regex) = (new PathGlob(glob), new Regex(ToRegex(glob), RegexOptions.NonBacktracking));
                return paths.All(path => own.IsMatch(path) == regex.IsMatch(path));
            }, iter: 5000);

    private static Gen<string> TextOf(string characters) =>
        Gen.Int[0, characters.Length - 1].Select(i => characters[i]).Array[0, 10].Select(all => new string(all));

    private static string ToRegex(string glob)
    {
        var regex = new StringBuilder(@"\A");
        for (var rest = glob; rest.Length > 0;)
        {
            var isBeginning = rest.Length == glob.Length || glob[glob.Length - rest.Length - 1] == '/';
            var stars = rest.Length - rest.TrimStart('*').Length;
            var (length, pattern) = stars > 1 && isBeginning && rest[stars..].StartsWith('/') ? (stars + 1, "(.*/)?")
                : stars > 1 ? (stars, ".*")
                : stars == 1 ? (1, "[^/]*")
                : rest[0] == '?' ? (1, "[^/]") : (1, Regex.Escape(rest[..1]));
            regex.Append(pattern);
            rest = rest[length..];
        }

        return regex.Append(@"\z").ToString();
    }
}
